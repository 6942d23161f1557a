package fluxion.tests.kernels;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Means of random windows. */
final class PoolCase {
  private PoolCase() {}

  private static DType dtype(Draw d) {
    return d.dtype(DType.FLOAT32, DType.FLOAT32, DType.FLOAT64);
  }

  /** With any kernel, stride, padding and divisor. */
  static Tensor image(Draw d) {
    int down = d.number(1, 4);
    int across = d.number(1, 4);
    Tensor x = d.tensor(dtype(d), d.number(1, 3), d.number(1, 4), d.number(4, 12), d.number(4, 20));
    return Ops.call(
        "avg_pool2d",
        Arrays.asList(
            x,
            List.of((long) down, (long) across),
            List.of((long) d.number(1, 5), (long) d.number(1, 5)),
            List.of((long) d.number(0, down / 2), (long) d.number(0, across / 2)),
            d.number(0, 1) == 0,
            d.number(0, 1) == 0,
            d.number(0, 3) == 0 ? 3L : null),
        Map.of());
  }

  /** Along one dimension. */
  static Tensor row(Draw d) {
    int kernel = d.number(1, 4);
    return Ops.call(
        "avg_pool1d",
        d.tensor(dtype(d), d.number(1, 3), d.number(1, 4), d.number(4, 40)),
        (long) kernel,
        (long) d.number(1, 5),
        (long) d.number(0, kernel / 2),
        d.number(0, 1) == 0,
        d.number(0, 1) == 0);
  }

  /** So many windows, side by side. */
  static Tensor even(Draw d) {
    int down = d.number(1, 3);
    int across = d.number(1, 3);
    return Ops.call(
        "adaptive_avg_pool2d",
        d.tensor(
            dtype(d),
            d.number(1, 3),
            d.number(1, 9),
            down * d.number(1, 5),
            across * d.number(1, 5)),
        List.of((long) down, (long) across));
  }
}
