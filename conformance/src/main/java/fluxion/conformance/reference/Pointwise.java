package fluxion.conformance.reference;

import fluxion.api.Scalar;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;

/** Kernels at every index, and reductions. */
final class Pointwise {
  private Pointwise() {}

  /** Computes a kernel; see {@link fluxion.engine.spi.Backend#launch}. */
  static void launch(Kernel kernel, Window[] outputs, Window[] inputs, Scalar[] scalars) {
    Interpreter interpreter = new Interpreter(kernel, scalars);
    for (Walk at = new Walk(outputs[0].sizes()); at.isInside(); at.next()) {
      // All inputs are read before an output, which may be the same element, is written.
      long[] results = interpreter.run(elements(inputs, at.index()), at.index());
      for (int o = 0; o < outputs.length; o++) {
        outputs[o].set(at.index(), results[o]);
      }
    }
  }

  /**
   * Folds; see {@link fluxion.engine.spi.Backend#reduce}.
   *
   * @param folded the inputs' size where a dimension is folded, else 1
   */
  static void reduce(
      Reduction reduction, Window[] inputs, long[] folded, Window output, Scalar[] scalars) {
    Interpreter before = new Interpreter(reduction.before(), scalars);
    Interpreter after = new Interpreter(reduction.after(), scalars);
    for (Walk at = new Walk(output.sizes()); at.isInside(); at.next()) {
      Fold fold = Fold.of(reduction.kind(), reduction.accumulator());
      for (Walk inner = new Walk(folded); inner.isInside(); inner.next()) {
        long[] index = at.index().clone();
        for (int d = 0; d < index.length; d++) {
          index[d] += inner.index()[d];
        }
        fold.add(before.run(elements(inputs, index), index)[0]);
      }
      output.set(at.index(), after.run(new long[] {fold.result()}, at.index())[0]);
    }
  }

  private static long[] elements(Window[] inputs, long[] index) {
    long[] elements = new long[inputs.length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = inputs[i].get(index);
    }
    return elements;
  }
}
