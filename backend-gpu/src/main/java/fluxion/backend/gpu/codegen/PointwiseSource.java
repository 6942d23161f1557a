package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The source of a kernel at every index.
 *
 * <p>Its parameters: the outputs, the inputs that are read, the runtime scalars, the geometry, the
 * number of elements and the number for each work-item. The geometry holds the sizes of the
 * dimensions, for each operand its offset and its steps, and for each index that is read the
 * product of the sizes behind its dimension, and its size. Without dimensions all operands are
 * contiguous.
 */
public final class PointwiseSource {
  /** The function's name. */
  public static final String FUNCTION = "pointwise";

  private final Kernel kernel;
  private final Leaves leaves;
  private final Dialect dialect;
  private final int dims;
  private final Set<String> parts = new LinkedHashSet<>();

  private PointwiseSource(Kernel kernel, Leaves leaves, Dialect dialect, int dims) {
    this.kernel = kernel;
    this.leaves = leaves;
    this.dialect = dialect;
    this.dims = dims;
  }

  /**
   * {@return the source}
   *
   * @param kernel a lowered kernel
   * @param leaves its leaves
   * @param dialect what it is written for
   * @param dims the number of dimensions, 0 where all operands are contiguous
   * @param wide whether places may be beyond 2³¹
   */
  public static String of(Kernel kernel, Leaves leaves, Dialect dialect, int dims, boolean wide) {
    return new PointwiseSource(kernel, leaves, dialect, dims).text(wide);
  }

  /**
   * {@return the number of values in the geometry}
   *
   * @param operands the number of outputs and inputs that are read
   * @param dims the number of dimensions
   * @param indices the number of indices that are read
   */
  public static int geometrySize(int operands, int dims, int indices) {
    return dims + operands * (dims + 1) + 2 * indices;
  }

  private int operands() {
    return kernel.outputs().size() + leaves.inputs().size();
  }

  private String size(int dim) {
    return "g.v[" + dim + "]";
  }

  private String offset(int operand) {
    return "g.v[" + (dims + operand * (dims + 1)) + "]";
  }

  private String step(int operand, int dim) {
    return "g.v[" + (dims + operand * (dims + 1) + 1 + dim) + "]";
  }

  private String text(boolean wide) {
    String loop = dims == 0 ? flat() : strided();
    StringBuilder text = new StringBuilder();
    text.append(dialect.head(wide, Body.mostOrder(kernel))).append('\n');
    text.append(Parts.text(parts)).append('\n');
    text.append("typedef struct {\n  place v[")
        .append(geometrySize(operands(), dims, leaves.indices().size()))
        .append("];\n} geometry;\n\n__kernel void ")
        .append(FUNCTION)
        .append('(');
    for (int k = 0; k < operands(); k++) {
      int input = k - kernel.outputs().size();
      text.append(k == 0 ? "\n    __global " : ",\n    __global ")
          .append(input < 0 ? "" : "const ")
          .append(CTypes.memory(input < 0 ? kernel.output(k).type() : leaves.types().get(input)))
          .append("* a")
          .append(k);
    }
    text.append(leaves.scalarParameters())
        .append(",\n    const geometry g, const place n, const place chunk) {\n");
    text.append(loop).append("}\n");
    return text.toString();
  }

  private String flat() {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < operands(); k++) {
      text.append("  a").append(k).append(" += ").append(offset(k)).append(";\n");
    }
    if (dialect.chunked()) {
      text.append("  const place begin = (place)get_global_id(0) * chunk;\n");
      text.append("  const place end = min((place)(begin + chunk), n);\n");
      text.append("  for (place i = begin; i < end; ++i) {\n");
    } else {
      text.append("  const place stride = (place)get_global_size(0);\n");
      text.append("  for (place i = (place)get_global_id(0); i < n; i += stride) {\n");
    }
    text.append(body("    ", "i")).append("  }\n");
    return text.toString();
  }

  private String strided() {
    StringBuilder text = new StringBuilder();
    int last = dims - 1;
    if (dialect.chunked()) {
      text.append("  place i = (place)get_global_id(0) * chunk;\n");
      text.append("  const place end = min((place)(i + chunk), n);\n");
      text.append("  while (i < end) {\n");
    } else {
      text.append("  const place stride = (place)get_global_size(0);\n");
      text.append("  for (place i = (place)get_global_id(0); i < n; i += stride) {\n");
    }
    text.append("    place rest = i / ").append(size(last)).append(";\n");
    text.append("    const place column = i - rest * ").append(size(last)).append(";\n");
    for (int k = 0; k < operands(); k++) {
      text.append("    place p%d = %s + column * %s;\n".formatted(k, offset(k), step(k, last)));
    }
    for (int d = last - 1; d >= 0; d--) {
      text.append("    {\n");
      if (d > 0) {
        text.append("      const place outer = rest / ").append(size(d)).append(";\n");
        text.append("      const place x = rest - outer * ").append(size(d)).append(";\n");
        text.append("      rest = outer;\n");
      } else {
        text.append("      const place x = rest;\n");
      }
      for (int k = 0; k < operands(); k++) {
        text.append("      p%d += x * %s;\n".formatted(k, step(k, d)));
      }
      text.append("    }\n");
    }
    if (dialect.chunked()) {
      text.append("    const place stop = min(end, (place)(i - column + ")
          .append(size(last))
          .append("));\n    for (; i < stop; ++i) {\n");
      text.append(body("      ", ""));
      for (int k = 0; k < operands(); k++) {
        text.append("      p%d += %s;\n".formatted(k, step(k, last)));
      }
      text.append("    }\n");
    } else {
      text.append(body("    ", ""));
    }
    return text.append("  }\n").toString();
  }

  private String body(String indent, String flatPlace) {
    int outputs = kernel.outputs().size();
    Body body = new Body(kernel, "t", indent, leaf -> leaf(leaf, flatPlace), parts);
    StringBuilder text = new StringBuilder(body.text());
    for (int o = 0; o < outputs; o++) {
      DType type = kernel.output(o).type();
      text.append(indent)
          .append(place(o, flatPlace))
          .append(" = ")
          .append(CTypes.store(type, body.output(o), parts))
          .append(";\n");
    }
    return text.toString();
  }

  private static String place(int operand, String flatPlace) {
    return "a" + operand + "[" + (flatPlace.isEmpty() ? "p" + operand : flatPlace) + "]";
  }

  private String leaf(Expr leaf, String flatPlace) {
    return switch (leaf.op()) {
      case SCALAR -> leaves.scalar(leaf);
      case INDEX -> {
        int at = geometrySize(operands(), dims, 0) + 2 * leaves.indices().indexOf(leaf.number());
        yield "(long)(i / g.v[" + at + "] % g.v[" + (at + 1) + "])";
      }
      default -> {
        int operand = kernel.outputs().size() + leaves.inputs().indexOf(leaf.number());
        yield CTypes.load(leaf.type(), place(operand, flatPlace), parts);
      }
    };
  }
}
