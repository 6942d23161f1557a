package fluxion.tests.support;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Operator;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Makes the tensors of samples, the same ones each time. */
public final class SampleTensors implements Operator.SampleSource {
  private final SplittableRandom random;

  /** Makes a source that begins anew. */
  public SampleTensors() {
    this(20251L);
  }

  /** Makes a source of the same shapes with other values. */
  public SampleTensors(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public Tensor uniform(double low, double high, long... size) {
    return floats(() -> random.nextDouble(low, high), size);
  }

  @Override
  public Tensor tensor(long... size) {
    return floats(() -> random.nextDouble(0.1, 2) * (random.nextBoolean() ? 1 : -1), size);
  }

  private static Tensor floats(DoubleSupplier next, long... size) {
    Shape shape = Shape.of(size);
    double[] values = new double[Math.toIntExact(shape.numel())];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.getAsDouble();
    }
    return Tensors.tensor(values, shape, TensorOptions.of(DType.FLOAT64)).requiresGrad_();
  }

  @Override
  public Tensor integers(long bound, long... size) {
    Shape shape = Shape.of(size);
    long[] values = new long[Math.toIntExact(shape.numel())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextLong(bound);
    }
    return Tensors.tensor(values, shape, TensorOptions.of(DType.INT64));
  }

  @Override
  public Scalar scalar() {
    return Scalar.of(random.nextDouble(0.5, 2));
  }
}
