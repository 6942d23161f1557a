package fluxion.backend.gpu.codegen;

/**
 * Where the source of a fold finds sizes and steps: the expressions that read {@code g.v}, in the
 * order that {@link ReduceSource} documents.
 *
 * @param shape the fold
 */
record FoldGeometry(ReduceSource.Shape shape) {
  /** Where the sizes begin. */
  static final int SIZES_AT = 2;

  /** {@return the size of a kept dimension} */
  String keptSize(String dim) {
    return at(SIZES_AT, dim);
  }

  /** {@return the output's offset} */
  String output() {
    return at(outputAt());
  }

  /** {@return the output's step in a kept dimension} */
  String outputStep(String dim) {
    return at(outputAt() + 1, dim);
  }

  /** {@return an input's offset} */
  String input(int input) {
    return at(inputAt(input));
  }

  /** {@return an input's step in a kept dimension} */
  String keptStep(int input, String dim) {
    return at(inputAt(input) + 1, dim);
  }

  /** {@return an input's step in the first folded dimension} */
  String foldedStep(int input) {
    return at(inputAt(input) + 1 + shape.kept());
  }

  /** {@return the index that a position has in the dimension of an index that is read} */
  String index(int number, String position) {
    int at = inputAt(shape.leaves().inputs().size()) + 2 * number;
    return "(long)(" + position + " / " + at(at) + " % " + at(at + 1) + ")";
  }

  /**
   * {@return the statements that add the steps of a position among the kept or the folded
   * dimensions}
   *
   * @param indent begins each line
   * @param position the position
   * @param last the number of the last dimension
   * @param place the format of the name of what is added to, by the number of an input
   * @param kept whether they are the kept ones; then the output's place {@code at} moves, too
   */
  String steps(String indent, String position, String last, String place, boolean kept) {
    int from = SIZES_AT + (kept ? 0 : shape.kept());
    StringBuilder text = new StringBuilder();
    text.append("%s{\n%s  place rest = %s;\n".formatted(indent, indent, position));
    text.append("%s  for (int d = %s; d > 0; --d) {\n".formatted(indent, last));
    text.append("%s    const place x = rest %% %s;\n".formatted(indent, at(from, "d")));
    text.append("%s    rest /= %s;\n".formatted(indent, at(from, "d")));
    text.append(step(indent + "    ", "x", "d", place, kept));
    text.append(indent).append("  }\n");
    text.append(step(indent + "  ", "rest", "0", place, kept));
    return text.append(indent).append("}\n").toString();
  }

  private String step(String indent, String x, String dim, String place, boolean kept) {
    StringBuilder text = new StringBuilder();
    if (kept) {
      text.append("%sat += %s * %s;\n".formatted(indent, x, at(outputAt() + 1, dim)));
    }
    for (int k = 0; k < shape.leaves().inputs().size(); k++) {
      int at = inputAt(k) + 1 + (kept ? 0 : shape.kept());
      text.append("%s%s += %s * %s;\n".formatted(indent, place.formatted(k), x, at(at, dim)));
    }
    return text.toString();
  }

  private int outputAt() {
    return SIZES_AT + shape.kept() + shape.reduced();
  }

  private int inputAt(int input) {
    return outputAt() + 1 + shape.kept() + input * (1 + shape.kept() + shape.reduced());
  }

  private static String at(int at) {
    return "g.v[" + at + "]";
  }

  private static String at(int at, String more) {
    return "g.v[" + at + " + " + more + "]";
  }
}
