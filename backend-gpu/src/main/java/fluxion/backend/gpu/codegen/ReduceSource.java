package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The source of a fold.
 *
 * <p>Its parameters: the output, the inputs that are read, the runtime scalars, the geometry, the
 * numbers of results, of elements of each, of blocks and of elements of a block, whether blocks are
 * numbered before results (or how many results are folded side by side), and the number of work for
 * each work-item. A piece of work is one block of one result: its elements are folded, in an order
 * that their number alone decides. Where a result has one block the map of results follows, else
 * the blocks' results go to the output in rows, to be folded by another launch.
 *
 * <p>The geometry holds the numbers of kept and of folded dimensions, the sizes of both, the rest
 * of the room for each filled up with ones; the output's offset and steps over the kept ones; each
 * input's offset and steps over the kept and the folded ones; and for each index that is read the
 * product of the sizes behind its dimension among its kind, and its size.
 */
public final class ReduceSource {
  /** The function's name. */
  public static final String FUNCTION = "fold";

  /** Where the sizes begin in the geometry. */
  public static final int SIZES_AT = FoldGeometry.SIZES_AT;

  /** So many chains run side by side in long blocks of a chunked fold. */
  private static final int LANES = 64;

  /** So many results at most a work-item folds side by side where the last dimension is kept. */
  public static final int COLUMNS = 1024;

  /** So many elements go into each accumulator in one go over all of them. */
  private static final int ROWS = 4;

  /** With more operations than these an element is not waited for, and sources stay short. */
  private static final int FEW_NODES = 16;

  /**
   * What is to be written.
   *
   * @param kind how elements combine
   * @param before the lowered map of elements
   * @param accumulator the dtype in which they combine
   * @param after the lowered map of results, or null where blocks' results are stored
   * @param leaves the leaves of both
   * @param folded for each index that is read whether its dimension is folded
   * @param kept the number of kept dimensions that there is room for
   * @param reduced the number of folded dimensions that there is room for; 1 for just one
   * @param columns whether a piece of work is one block of up to {@link #COLUMNS} results that lie
   *     in the last kept dimension, each folded in its order
   */
  public record Shape(
      Reduction.Kind kind,
      Kernel before,
      DType accumulator,
      @org.jspecify.annotations.Nullable Kernel after,
      Leaves leaves,
      List<Boolean> folded,
      int kept,
      int reduced,
      boolean columns) {
    /** {@return the number of values in the geometry} */
    public int geometrySize() {
      return SIZES_AT
          + kept
          + reduced
          + 1
          + kept
          + leaves.inputs().size() * (1 + kept + reduced)
          + 2 * leaves.indices().size();
    }

    /** {@return the dtype of what is stored} */
    public DType output() {
      return after == null ? accumulator : after.output(0).type();
    }
  }

  private final Shape shape;
  private final Dialect dialect;
  private final FoldGeometry geometry;
  private final Set<String> parts = new LinkedHashSet<>();

  private ReduceSource(Shape shape, Dialect dialect) {
    this.shape = shape;
    this.dialect = dialect;
    this.geometry = new FoldGeometry(shape);
  }

  /**
   * {@return the source}
   *
   * @param shape what is to be written
   * @param dialect what it is written for
   * @param wide whether places may be beyond 2³¹
   */
  public static String of(Shape shape, Dialect dialect, boolean wide) {
    return new ReduceSource(shape, dialect).text(wide);
  }

  private int inputs() {
    return shape.leaves().inputs().size();
  }

  private String text(boolean wide) {
    String loop = shape.columns() ? columns() : loop();
    int order = Body.mostOrder(shape.before());
    if (shape.after() != null) {
      order = Math.max(order, Body.mostOrder(shape.after()));
    }
    StringBuilder text = new StringBuilder();
    text.append(dialect.head(wide, order)).append('\n');
    text.append(Parts.text(parts)).append('\n');
    text.append("typedef struct {\n  place v[")
        .append(shape.geometrySize())
        .append("];\n} geometry;\n\n")
        .append(dialect.kernel())
        .append(FUNCTION)
        .append("(\n    __global ")
        .append(CTypes.memory(shape.output()))
        .append("* out");
    for (int k = 0; k < inputs(); k++) {
      text.append(",\n    __global const ")
          .append(CTypes.memory(shape.leaves().types().get(k)))
          .append("* a")
          .append(k);
    }
    text.append(shape.leaves().scalarParameters());
    text.append(",\n    const geometry g, const place results, const place elements,")
        .append("\n    const place blocks, const place block, const int ")
        .append(shape.columns() ? "group" : "blocksFirst")
        .append(",")
        .append("\n    const place chunk) {\n");
    return text.append(loop).append("}\n").toString();
  }

  private String loop() {
    StringBuilder text = new StringBuilder();
    text.append("  const place work = results * blocks;\n");
    if (dialect.chunked()) {
      text.append("  const place begin = (place)get_global_id(0) * chunk;\n");
      text.append("  const place end = min((place)(begin + chunk), work);\n");
      text.append("  for (place w = begin; w < end; ++w) {\n");
    } else {
      text.append("  const place stride = (place)get_global_size(0);\n");
      text.append("  for (place w = (place)get_global_id(0); w < work; w += stride) {\n");
    }
    text.append("    const place m = blocksFirst ? w / blocks : w % results;\n");
    text.append("    const place b = blocksFirst ? w % blocks : w / results;\n");
    text.append("    place at = ").append(geometry.output()).append(";\n");
    for (int k = 0; k < inputs(); k++) {
      text.append("    place p%d = %s;\n".formatted(k, geometry.input(k)));
    }
    text.append(geometry.steps("    ", "m", "(int)g.v[0] - 1", "p%d", true));
    text.append(fold());
    text.append(stored("    ", "at"));
    return text.append("  }\n").toString();
  }

  /** Folds neighbouring results side by side, so that what is read lies together. */
  private String columns() {
    String type = CTypes.register(shape.accumulator());
    String step = "%s_step%d";
    StringBuilder text = new StringBuilder();
    text.append("  const int last = (int)g.v[0] - 1;\n");
    text.append("  const place inner = %s;\n".formatted(geometry.keptSize("last")));
    text.append("  const place groups = (inner + group - 1) / group;\n");
    text.append("  const place work = results / inner * groups * blocks;\n");
    text.append("  const place begin = (place)get_global_id(0) * chunk;\n");
    text.append("  const place end = min((place)(begin + chunk), work);\n");
    text.append("  for (place w = begin; w < end; ++w) {\n");
    text.append("    const place b = w % blocks;\n");
    text.append("    const place outer = w / blocks / groups;\n");
    text.append("    const place first = w / blocks % groups * group;\n");
    text.append("    const place width = min((place)group, (place)(inner - first));\n");
    text.append(
        "    place at = %s + first * %s;\n"
            .formatted(geometry.output(), geometry.outputStep("last")));
    for (int k = 0; k < inputs(); k++) {
      String name = step.formatted("a", k);
      text.append("    const place %s = %s;\n".formatted(name, geometry.keptStep(k, "last")));
      text.append("    place p%d = %s + first * %s;\n".formatted(k, geometry.input(k), name));
    }
    text.append(geometry.steps("    ", "outer", "last - 1", "p%d", true));
    text.append("    %s lanes[%d];\n".formatted(type, COLUMNS));
    text.append("    for (place c = 0; c < width; ++c) {\n      lanes[c] = ")
        .append(Folds.neutral(shape.kind(), shape.accumulator()))
        .append(";\n    }\n");
    text.append("    const place stop = min((place)((b + 1) * block), elements);\n");
    text.append("    place r = b * block;\n");
    text.append("    if (%s) {\n".formatted(units(k -> step.formatted("a", k))));
    text.append("      for (; r + %1$d <= stop; r += %1$d) {\n".formatted(rows()));
    text.append(across(rows(), true)).append("      }\n");
    if (rows() > 1) {
      text.append("      for (; r < stop; ++r) {\n").append(across(1, true)).append("      }\n");
    }
    text.append("    }\n    for (; r < stop; ++r) {\n").append(across(1, false)).append("    }\n");
    text.append("    for (place c = 0; c < width; ++c) {\n");
    text.append("      const place m = outer * inner + first + c;\n");
    text.append("      const %s acc = lanes[c];\n".formatted(type));
    String place = "at + c * " + geometry.outputStep("last");
    text.append(stored("      ", place)).append("    }\n");
    return text.append("  }\n").toString();
  }

  private int rows() {
    return shape.before().nodes().size() <= FEW_NODES ? ROWS : 1;
  }

  /** Folds some rows of elements into the results that lie side by side. */
  private String across(int rows, boolean unit) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < inputs(); k++) {
        text.append("        place f%d_%d = p%d;\n".formatted(k, row, k));
      }
      text.append(geometry.steps("        ", "r + " + row, "(int)g.v[1] - 1", "f%d_" + row, false));
    }
    text.append(unit ? Dialect.INDEPENDENT : "");
    text.append("        for (place c = 0; c < width; ++c) {\n");
    text.append("          const place m = outer * inner + first + c;\n");
    String type = CTypes.register(shape.accumulator());
    text.append("          %s acc = lanes[c];\n".formatted(type));
    for (int row = 0; row < rows; row++) {
      text.append("          {\n");
      for (int k = 0; k < inputs(); k++) {
        text.append(
            "          const place q%1$d = f%1$d_%2$d + c%3$s;\n"
                .formatted(k, row, unit ? "" : " * a_step" + k));
      }
      String r = "(r + " + row + ")";
      Body body = new Body(shape.before(), "t", "          ", leaf -> before(leaf, r), parts);
      text.append(body.text());
      text.append("          acc = ")
          .append(combine("acc", body.output(0)))
          .append(";\n          }\n");
    }
    return text.append("          lanes[c] = acc;\n        }\n").toString();
  }

  /** Stores a folded value, mapped where this is the last pass. */
  private String stored(String indent, String place) {
    Kernel after = shape.after();
    if (after == null) {
      String value = CTypes.store(shape.accumulator(), "acc", parts);
      return indent + "out[m * blocks + b] = " + value + ";\n";
    }
    Body body = new Body(after, "u", indent, this::after, parts);
    String value = CTypes.store(shape.output(), body.output(0), parts);
    return body.text() + indent + "out[" + place + "] = " + value + ";\n";
  }

  private String fold() {
    String type = CTypes.register(shape.accumulator());
    String neutral = Folds.neutral(shape.kind(), shape.accumulator());
    StringBuilder text = new StringBuilder();
    text.append("    %s acc = %s;\n".formatted(type, neutral));
    if (!dialect.chunked()) {
      text.append("    for (place r = b; r < elements; r += blocks) {\n")
          .append(element("      ", "r", "acc"))
          .append("    }\n");
      return text.toString();
    }
    text.append("    place r = b * block;\n");
    text.append("    const place stop = min((place)(r + block), elements);\n");
    text.append("    if (stop - r >= %d) {\n".formatted(2 * LANES));
    text.append("      %s lanes[%d];\n".formatted(type, LANES));
    text.append("      for (int l = 0; l < %d; ++l) {\n".formatted(LANES));
    text.append("        lanes[l] = %s;\n      }\n".formatted(neutral));
    if (shape.reduced() == 1) {
      text.append("      if (%s) {\n".formatted(units(k -> geometry.foldedStep(k))))
          .append(lanes(rows(), true))
          .append("      }\n");
    }
    text.append(lanes(1, false));
    text.append("      for (int l = 0; r < stop; ++r, ++l) {\n");
    text.append(element("        ", "r", "lanes[l]")).append("      }\n");
    text.append("      for (int step = %d; step > 0; step >>= 1) {\n".formatted(LANES / 2));
    text.append("        for (int l = 0; l < step; ++l) {\n");
    text.append("          lanes[l] = ")
        .append(combine("lanes[l]", "lanes[l + step]"))
        .append(";\n        }\n      }\n      acc = lanes[0];\n    } else {\n");
    text.append("      for (; r < stop; ++r) {\n");
    text.append(element("        ", "r", "acc")).append("      }\n    }\n");
    return text.toString();
  }

  /** The condition that all inputs have step 1. */
  private String units(IntFunction<String> step) {
    return IntStream.range(0, inputs())
        .mapToObj(k -> step.apply(k) + " == 1")
        .collect(Collectors.joining(" && ", "", inputs() == 0 ? "1" : ""));
  }

  /** Folds some elements into each lane, again and again. */
  private String lanes(int rows, boolean unit) {
    StringBuilder text = new StringBuilder();
    text.append("      for (; r + %1$d <= stop; r += %1$d) {\n".formatted(rows * LANES));
    text.append(unit ? Dialect.INDEPENDENT : "");
    text.append("        for (int l = 0; l < %d; ++l) {\n".formatted(LANES));
    text.append("          %s acc = lanes[l];\n".formatted(CTypes.register(shape.accumulator())));
    for (int row = 0; row < rows; row++) {
      text.append("          {\n");
      text.append(element("            ", "(r + %d + l)".formatted(row * LANES), "acc", unit));
      text.append("          }\n");
    }
    return text.append("          lanes[l] = acc;\n        }\n      }\n").toString();
  }

  private String combine(String a, String b) {
    return Folds.combine(shape.kind(), shape.accumulator(), a, b, parts);
  }

  private String element(String indent, String r, String into) {
    return element(indent, r, into, false);
  }

  /** Maps one element and folds it into an accumulator. */
  private String element(String indent, String r, String into, boolean unit) {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < inputs(); k++) {
      String place =
          shape.reduced() == 1
              ? "p%d + %s%s".formatted(k, r, unit ? "" : " * " + geometry.foldedStep(k))
              : "p" + k;
      text.append(indent)
          .append(shape.reduced() == 1 ? "const " : "")
          .append("place q%d = %s;\n".formatted(k, place));
    }
    if (shape.reduced() > 1) {
      text.append(geometry.steps(indent, r, "(int)g.v[1] - 1", "q%d", false));
    }
    Body body = new Body(shape.before(), "t", indent, leaf -> before(leaf, r), parts);
    text.append(body.text());
    text.append(indent)
        .append(into)
        .append(" = ")
        .append(combine(into, body.output(0)))
        .append(";\n");
    return text.toString();
  }

  private String before(Expr leaf, String r) {
    return switch (leaf.op()) {
      case SCALAR -> shape.leaves().scalar(leaf);
      case INDEX -> index(leaf, r);
      default -> {
        int k = shape.leaves().inputs().indexOf(leaf.number());
        yield CTypes.load(leaf.type(), "a" + k + "[q" + k + "]", parts);
      }
    };
  }

  private String after(Expr leaf) {
    return switch (leaf.op()) {
      case SCALAR -> shape.leaves().scalar(leaf);
      case INDEX -> index(leaf, "0");
      default -> "acc";
    };
  }

  private String index(Expr leaf, String r) {
    int j = shape.leaves().indices().indexOf(leaf.number());
    return geometry.index(j, shape.folded().get(j) ? r : "m");
  }
}
