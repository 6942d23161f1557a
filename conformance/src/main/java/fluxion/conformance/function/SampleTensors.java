package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Operator;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Makes the tensors of samples; the same seed gives the same tensors. */
public final class SampleTensors implements Operator.SampleSource {
  private final SplittableRandom random;

  /** Whether values come close to 0 where samples keep away from it. */
  private final boolean everywhere;

  /**
   * Makes a source.
   *
   * @param seed decides the values
   */
  public SampleTensors(long seed) {
    this(seed, false);
  }

  private SampleTensors(long seed, boolean everywhere) {
    this.random = new SplittableRandom(seed);
    this.everywhere = everywhere;
  }

  /**
   * {@return a source whose values come as close to 0 as chance has it}
   *
   * @param seed decides the values
   */
  static SampleTensors everywhere(long seed) {
    return new SampleTensors(seed, true);
  }

  @Override
  public Tensor uniform(double low, double high, long... size) {
    return fill(() -> low + (high - low) * random.nextDouble(), size);
  }

  @Override
  public Tensor tensor(long... size) {
    if (everywhere) {
      return uniform(-2, 2, size);
    }
    return fill(() -> (random.nextBoolean() ? 1 : -1) * (0.1 + 1.9 * random.nextDouble()), size);
  }

  private static Tensor fill(DoubleSupplier next, long... size) {
    Shape shape = Shape.of(size);
    double[] values = new double[Math.toIntExact(shape.numel())];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.getAsDouble();
    }
    return Tensors.tensor(values, shape, TensorOptions.of(DType.FLOAT64).requiresGrad(true));
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
    return Scalar.of(0.5 + 1.5 * random.nextDouble());
  }
}
