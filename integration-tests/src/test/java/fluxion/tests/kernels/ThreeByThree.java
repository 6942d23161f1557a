package fluxion.tests.kernels;

import static fluxion.api.DType.FLOAT32;
import static fluxion.api.DType.FLOAT64;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions of 3×3 kernels with so many channels that they may be computed by Winograd's way.
 */
final class ThreeByThree {
  private ThreeByThree() {}

  /** {@return cases with fewer channels than that takes, and as many as either product takes} */
  static List<KernelCase> cases() {
    List<KernelCase> cases = new ArrayList<>();
    for (int channels : new int[] {31, 32, 64}) {
      String name = "conv2d of 3×3 kernels, " + channels + " channels";
      cases.add(new KernelCase(name, true, draw -> List.of(convolution(draw, channels))));
    }
    return cases;
  }

  private static Tensor convolution(Draw d, int channels) {
    DType dtype = d.dtype(FLOAT32, FLOAT32, FLOAT64);
    int groups = d.number(1, 4) / 4 + 1;
    int outputs = groups * d.number(31, 68);
    return Ops.call(
        "conv2d",
        d.tensor(dtype, 2, groups * channels, d.number(15, 19), d.number(15, 21)),
        d.tensor(dtype, outputs, channels, 3, 3),
        d.tensor(dtype, outputs),
        List.of(1L),
        List.of((long) d.number(0, 2), (long) d.number(0, 2)),
        List.of(1L),
        (long) groups);
  }
}
