package fluxion.backend.cpu;

import fluxion.engine.spi.Operand;

/** Picks elements by index. All indices are checked before anything is written. */
final class Gather {
  private Gather() {}

  /** Picks along one dimension; see {@link fluxion.engine.spi.Backend#gather}. */
  static void along(Operand input, int dim, Operand index, Operand output) {
    Indices.check(index, dim, Dims.size(input, dim));
    Operand source = Copier.apart(input, output);
    elements(source, Places.along(source, dim, Copier.apart(index, output)), output);
  }

  /** Picks by tuples; see {@link fluxion.engine.spi.Backend#indexedGather}. */
  static void tuples(Operand input, Operand[] indices, Operand output) {
    Operand[] separate = new Operand[indices.length];
    for (int d = 0; d < indices.length; d++) {
      Indices.check(indices[d], d, input.shape().size(d));
      separate[d] = Copier.apart(indices[d], output);
    }
    Operand source = Copier.apart(input, output);
    if (indices.length == 0) {
      Copier.copy(source, output);
      return;
    }
    int[] rest = Dims.from(input, indices.length);
    Places places = Places.tuples(source, separate);
    if (Dims.numel(source, rest) == 1) {
      elements(source, places, output);
    } else {
      rows(source, rest, places, indices[0].numel(), output);
    }
  }

  private static void elements(Operand input, Places places, Operand output) {
    Elements elements = CpuBuffer.elements(input);
    long left = output.numel();
    Values block = Values.of(input.dtype(), (int) Math.min(left, Values.BLOCK));
    ElementStream out = new ElementStream(output);
    while (left > 0) {
      int n = (int) Math.min(left, Values.BLOCK);
      block.gather(elements, places.next(n), n);
      out.write(block, 0, n);
      left -= n;
    }
  }

  private static void rows(Operand input, int[] rest, Places places, long tuples, Operand output) {
    long row = Dims.numel(input, rest);
    if (row == 0) {
      return;
    }
    Values block = Values.of(input.dtype(), (int) Math.min(row, Values.BLOCK));
    ElementStream in = new ElementStream(input, rest);
    ElementStream out = new ElementStream(output);
    long left = tuples;
    while (left > 0) {
      int n = (int) Math.min(left, Values.BLOCK);
      int[] starts = places.next(n);
      for (int i = 0; i < n; i++) {
        in.restart(starts[i]);
        Copier.copy(in, out, block, row);
      }
      left -= n;
    }
  }
}
