package fluxion.tests.kernels;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a case computes on a device: its results, and the gradients of what was drawn. */
final class KernelRun {
  /** How far a result may be from the reference, as a part of its largest element. */
  private static double tolerance(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> 1e-12;
      case FLOAT32 -> 2e-5;
      case FLOAT16 -> 5e-3;
      case BFLOAT16 -> 4e-2;
      default -> 0;
    };
  }

  private final List<DType> dtypes = new ArrayList<>();
  private final List<double[]> tensors = new ArrayList<>();

  private KernelRun() {}

  static KernelRun of(KernelCase tried, Device device, long seed) {
    KernelRun run = new KernelRun();
    try (Memory.Scope _ = Memory.scope()) {
      Draw draw = new Draw(device, seed);
      List<Tensor> results = tried.results().apply(draw);
      List<Tensor> outputs = new ArrayList<>();
      List<Tensor> cotangents = new ArrayList<>();
      for (Tensor result : results) {
        run.add(result);
        if (result.requiresGrad()) {
          outputs.add(result);
          cotangents.add(cotangent(result, device));
        }
      }
      if (!outputs.isEmpty()) {
        Autograd.backward(outputs, cotangents, false, false);
      }
      for (Tensor leaf : draw.leaves()) {
        Tensor gradient = leaf.grad();
        if (gradient != null) {
          run.add(gradient);
        }
      }
    }
    return run;
  }

  private static Tensor cotangent(Tensor result, Device device) {
    double[] values = new double[Math.toIntExact(result.numel())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 64 - 31) / 32.0;
    }
    return Tensors.tensor(values, result.shape(), TensorOptions.of(result.dtype()).device(device));
  }

  private void add(Tensor tensor) {
    dtypes.add(tensor.dtype());
    tensors.add(tensor.detach().to(DType.FLOAT64).toDoubleArray());
  }

  /** {@return a hash of all bits; every NaN counts the same} */
  long hash() {
    long hash = tensors.size();
    for (int t = 0; t < tensors.size(); t++) {
      hash = 31 * hash + dtypes.get(t).shortName().hashCode();
      for (double value : tensors.get(t)) {
        hash = 0x9E3779B97F4A7C15L * (hash ^ Double.doubleToLongBits(value));
        hash ^= hash >>> 29;
      }
    }
    return hash;
  }

  /** {@return how this differs from the reference, or the empty text} */
  String difference(KernelRun reference) {
    if (tensors.size() != reference.tensors.size()) {
      return tensors.size() + " tensors, and the reference has " + reference.tensors.size();
    }
    // where a gradient cancels to nothing, what is left is rounding of the size of the others'
    double least = Math.max(1e-3, 0.05 * largest(reference.tensors));
    for (int t = 0; t < tensors.size(); t++) {
      double[] actual = tensors.get(t);
      double[] expected = reference.tensors.get(t);
      if (actual.length != expected.length) {
        return "tensor %d has %d elements, that of the reference %d"
            .formatted(t, actual.length, expected.length);
      }
      double most = least;
      for (double value : expected) {
        most = Math.max(most, Math.abs(value));
      }
      double allowed = most * tolerance(dtypes.get(t));
      for (int i = 0; i < actual.length; i++) {
        if (!(Math.abs(actual[i] - expected[i]) <= allowed)
            && Double.compare(actual[i], expected[i]) != 0) {
          return String.format(
              Locale.ROOT,
              "element %d of tensor %d (%s) is %s, that of the reference %s",
              i,
              t,
              dtypes.get(t),
              actual[i],
              expected[i]);
        }
      }
    }
    return "";
  }

  private static double largest(List<double[]> tensors) {
    double largest = 0;
    for (double[] tensor : tensors) {
      for (double value : tensor) {
        largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
      }
    }
    return largest;
  }
}
