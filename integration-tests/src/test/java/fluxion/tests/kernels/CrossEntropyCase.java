package fluxion.tests.kernels;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;

/** Cross entropy with random operands. */
final class CrossEntropyCase {
  private CrossEntropyCase() {}

  /**
   * All targets count, or those of one class do not; each has its loss, or there is one for all.
   */
  static Tensor draw(Draw d, int batch, int mostClasses) {
    int classes = d.number(1, mostClasses);
    int pixels = d.number(0, 3);
    DType dtype = d.dtype(DType.FLOAT32, DType.FLOAT64);
    Tensor logits =
        pixels == 0 ? d.tensor(dtype, batch, classes) : d.tensor(dtype, batch, classes, pixels, 2);
    Tensor target =
        pixels == 0 ? d.integers(classes, batch) : d.integers(classes, batch, pixels, 2);
    long ignored = d.number(0, 1) == 0 ? -100 : d.number(0, classes - 1);
    String reduction = List.of("none", "sum", "mean").get(d.number(0, 2));
    // never 0 / 0: a NaN of one device is not that of another
    boolean counts = !reduction.equals("mean") || ignored < 0;
    return Ops.call(
        "cross_entropy",
        List.of(logits, target),
        Map.of("ignore_index", counts ? ignored : -1L, "reduction", reduction));
  }
}
