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
 * number of elements and the number for each work-item. The geometry holds the number of dimensions
 * and whether the last one has step 1 in each operand; the sizes of the dimensions, for each
 * operand its offset and its steps, and for each index that is read the product of the sizes behind
 * its dimension, and its size. So one program serves operands that lie in any way.
 */
public final class PointwiseSource {
  /** The function's name. */
  public static final String FUNCTION = "pointwise";

  /** Where the sizes begin in the geometry. */
  public static final int SIZES_AT = 2;

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
   * @param dims the number of dimensions that it has room for
   * @param wide whether places may be beyond 2³¹
   */
  public static String of(Kernel kernel, Leaves leaves, Dialect dialect, int dims, boolean wide) {
    return new PointwiseSource(kernel, leaves, dialect, dims).text(wide);
  }

  /**
   * {@return the number of values in the geometry}
   *
   * @param operands the number of outputs and inputs that are read
   * @param dims the number of dimensions that there is room for
   * @param indices the number of indices that are read
   */
  public static int geometrySize(int operands, int dims, int indices) {
    return SIZES_AT + dims + operands * (dims + 1) + 2 * indices;
  }

  private int operands() {
    return kernel.outputs().size() + leaves.inputs().size();
  }

  private static String size(String dim) {
    return "g.v[" + SIZES_AT + " + " + dim + "]";
  }

  private int offsetAt(int operand) {
    return SIZES_AT + dims + operand * (dims + 1);
  }

  private String offset(int operand) {
    return "g.v[" + offsetAt(operand) + "]";
  }

  private String step(int operand, String dim) {
    return "g.v[" + (offsetAt(operand) + 1) + " + " + dim + "]";
  }

  /** The pointer to an operand's elements, as a declaration begins. */
  private String pointer(int operand) {
    int input = operand - kernel.outputs().size();
    return input < 0
        ? "__global " + CTypes.memory(kernel.output(operand).type())
        : "__global const " + CTypes.memory(leaves.types().get(input));
  }

  private String text(boolean wide) {
    String loop = dialect.chunked() ? rows() : elements();
    StringBuilder text = new StringBuilder();
    text.append(dialect.head(wide, Body.mostOrder(kernel))).append('\n');
    text.append(Parts.text(parts)).append('\n');
    text.append("typedef struct {\n  place v[")
        .append(geometrySize(operands(), dims, leaves.indices().size()))
        .append("];\n} geometry;\n\n")
        .append(dialect.kernel())
        .append(FUNCTION)
        .append('(');
    for (int k = 0; k < operands(); k++) {
      text.append(k == 0 ? "\n    " : ",\n    ").append(pointer(k)).append("* a").append(k);
    }
    text.append(leaves.scalarParameters())
        .append(",\n    const geometry g, const place n, const place chunk) {\n");
    text.append(loop).append("}\n");
    return text.toString();
  }

  /** A processor walks along the last dimension, one piece of a row after another. */
  private String rows() {
    StringBuilder text = new StringBuilder();
    text.append("  place i = (place)get_global_id(0) * chunk;\n");
    text.append("  const place end = min((place)(i + chunk), n);\n");
    text.append("  const int last = (int)g.v[0] - 1;\n");
    text.append("  while (i < end) {\n");
    text.append("    place rest = i / %s;\n".formatted(size("last")));
    text.append("    const place column = i - rest * %s;\n".formatted(size("last")));
    for (int k = 0; k < operands(); k++) {
      text.append("    place p%d = %s + column * %s;\n".formatted(k, offset(k), step(k, "last")));
    }
    text.append(outer("    ", "last - 1", ">= 0"));
    text.append(
        "    const place count = min((place)(end - i), (place)(%s - column));\n"
            .formatted(size("last")));
    for (int k = 0; k < operands(); k++) {
      text.append("    %s* r%d = a%d + p%d;\n".formatted(pointer(k), k, k, k));
    }
    // what is written may be what is read, but then the same element
    text.append("    if (g.v[1]) {\n").append(Dialect.INDEPENDENT);
    text.append("      for (place j = 0; j < count; ++j) {\n");
    text.append(body("        ", "r%d[j]", "(i + j)"));
    text.append("      }\n    } else {\n");
    for (int k = 0; k < operands(); k++) {
      text.append("      const place d%d = %s;\n".formatted(k, step(k, "last")));
    }
    text.append("      for (place j = 0; j < count; ++j) {\n");
    text.append(body("        ", "r%1$d[j * d%1$d]", "(i + j)"));
    text.append("      }\n    }\n    i += count;\n");
    return text.append("  }\n").toString();
  }

  /** A card's work-items take every n-th element. */
  private String elements() {
    StringBuilder text = new StringBuilder();
    text.append("  const place stride = (place)get_global_size(0);\n");
    text.append("  for (place i = (place)get_global_id(0); i < n; i += stride) {\n");
    text.append("    place rest = i;\n");
    for (int k = 0; k < operands(); k++) {
      text.append("    place p%d = %s;\n".formatted(k, offset(k)));
    }
    text.append(outer("    ", "(int)g.v[0] - 1", "> 0"));
    for (int k = 0; k < operands(); k++) {
      text.append("    p%d += rest * %s;\n".formatted(k, step(k, "0")));
    }
    return text.append(body("    ", "a%1$d[p%1$d]", "i")).append("  }\n").toString();
  }

  /** Adds the steps of the dimensions from one down. */
  private String outer(String indent, String from, String until) {
    StringBuilder text = new StringBuilder();
    text.append("%sfor (int d = %s; d %s; --d) {\n".formatted(indent, from, until));
    text.append("%s  const place outer = rest / %s;\n".formatted(indent, size("d")));
    text.append("%s  const place x = rest - outer * %s;\n".formatted(indent, size("d")));
    text.append("%s  rest = outer;\n".formatted(indent));
    for (int k = 0; k < operands(); k++) {
      text.append("%s  p%d += x * %s;\n".formatted(indent, k, step(k, "d")));
    }
    return text.append(indent).append("}\n").toString();
  }

  /**
   * The statements for one element.
   *
   * @param indent begins each line
   * @param place the format of an operand's element
   * @param position the element's position
   */
  private String body(String indent, String place, String position) {
    Body body = new Body(kernel, "t", indent, leaf -> leaf(leaf, place, position), parts);
    StringBuilder text = new StringBuilder(body.text());
    for (int o = 0; o < kernel.outputs().size(); o++) {
      DType type = kernel.output(o).type();
      text.append(indent)
          .append(place.formatted(o))
          .append(" = ")
          .append(CTypes.store(type, body.output(o), parts))
          .append(";\n");
    }
    return text.toString();
  }

  private String leaf(Expr leaf, String place, String position) {
    return switch (leaf.op()) {
      case SCALAR -> leaves.scalar(leaf);
      case INDEX -> {
        int at = geometrySize(operands(), dims, 0) + 2 * leaves.indices().indexOf(leaf.number());
        yield "(long)(%s / g.v[%d] %% g.v[%d])".formatted(position, at, at + 1);
      }
      default -> {
        int operand = kernel.outputs().size() + leaves.inputs().indexOf(leaf.number());
        yield CTypes.load(leaf.type(), place.formatted(operand), parts);
      }
    };
  }
}
