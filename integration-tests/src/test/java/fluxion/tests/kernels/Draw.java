package fluxion.tests.kernels;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Index;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random operands on a device: with one seed the same ones on every device. */
final class Draw {
  private final SplittableRandom random;
  private final Device device;
  private final List<Tensor> leaves = new ArrayList<>();

  Draw(Device device, long seed) {
    this.device = device;
    this.random = new SplittableRandom(seed);
  }

  /** {@return the leaves that were drawn and have gradients} */
  List<Tensor> leaves() {
    return leaves;
  }

  /** {@return a number from {@code least} to {@code most}} */
  int number(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** {@return one of some dtypes} */
  DType dtype(DType... choice) {
    return choice[random.nextInt(choice.length)];
  }

  /** {@return a size: often next to a multiple of a vector's lanes, sometimes 0 or 1} */
  int size() {
    int[] sizes = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 47, 64, 65};
    return sizes[random.nextInt(sizes.length)];
  }

  /** {@return a shape of one to three dimensions} */
  int[] shape() {
    int[] sizes = new int[number(1, 3)];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = d < 2 ? size() : number(1, 4);
    }
    return sizes;
  }

  /** {@return a tensor in a random layout, with a gradient if it can have one} */
  Tensor tensor(DType dtype, int... sizes) {
    return switch (number(0, 5)) {
      case 0 -> swapped(dtype, sizes);
      case 1 -> everySecond(dtype, sizes);
      case 2 -> inTheMidst(dtype, sizes);
      case 3 -> expanded(dtype, sizes);
      default -> leaf(dtype, sizes);
    };
  }

  /** {@return a contiguous tensor} */
  Tensor leaf(DType dtype, int... sizes) {
    Shape shape = shape(sizes);
    double[] values = new double[Math.toIntExact(shape.numel())];
    for (int i = 0; i < values.length; i++) {
      double value = random.nextDouble(-2, 2);
      values[i] = dtype.isFloatingPoint() ? value : Math.rint(8 * value);
    }
    Tensor tensor =
        Tensors.tensor(values, shape, TensorOptions.of(dtype).device(device))
            .requiresGrad_(dtype.isFloatingPoint());
    if (dtype.isFloatingPoint()) {
      leaves.add(tensor);
    }
    return tensor;
  }

  /** {@return integers below a bound} */
  Tensor integers(int bound, int... sizes) {
    Shape shape = shape(sizes);
    long[] values = random.longs(shape.numel(), 0, bound).toArray();
    return Tensors.tensor(values, shape, TensorOptions.of(DType.INT64).device(device));
  }

  private static Shape shape(int... sizes) {
    long[] wide = new long[sizes.length];
    for (int d = 0; d < sizes.length; d++) {
      wide[d] = sizes[d];
    }
    return Shape.of(wide);
  }

  private Tensor swapped(DType dtype, int... sizes) {
    int[] turned = sizes.clone();
    int last = sizes.length - 1;
    turned[0] = sizes[last];
    turned[last] = sizes[0];
    return leaf(dtype, turned).transpose(0, last);
  }

  private Tensor everySecond(DType dtype, int... sizes) {
    int[] wide = sizes.clone();
    int last = sizes.length - 1;
    wide[last] = 2 * sizes[last] + 1;
    return leaf(dtype, wide).get(Index.ellipsis(), Index.slice(1, wide[last], 2));
  }

  private Tensor inTheMidst(DType dtype, int... sizes) {
    int[] wide = sizes.clone();
    int last = sizes.length - 1;
    wide[last] = sizes[last] + 3;
    return leaf(dtype, wide).narrow(last, 1, sizes[last]);
  }

  private Tensor expanded(DType dtype, int... sizes) {
    int[] one = sizes.clone();
    one[0] = 1;
    return leaf(dtype, one).expand(shape(sizes).toArray());
  }
}
