package fluxion.engine.factory;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.Distribution;
import fluxion.api.spi.RandomNumbers;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.dispatch.Writes;
import fluxion.engine.random.DTypeRanges;
import fluxion.engine.random.Mt19937Generator;
import fluxion.engine.registry.Registry;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.tape.ViewHistory;
import fluxion.engine.vmap.Vmap;

/** The engine's source of random tensors: drawn on the host, then brought to the device. */
public final class RandomTensors implements RandomNumbers {
  private final Registry registry;
  private final Mt19937Generator generator = new Mt19937Generator();

  /**
   * Makes the source, with the default seed.
   *
   * @param registry knows the devices
   */
  public RandomTensors(Registry registry) {
    this.registry = registry;
  }

  /** The functions of draws into a tensor, made when one is first drawn so. */
  private static final class Overwrite {
    private static final PointwiseFunction UNIFORM = with("uniform");
    private static final PointwiseFunction NORMAL = with("normal");
    private static final PointwiseFunction EXPONENTIAL = with("exponential");
    private static final PointwiseFunction BERNOULLI = with("bernoulli");
    private static final PointwiseFunction RANDOM = with("random");

    private Overwrite() {}

    /**
     * The function that replaces its first input by the second, under the name of a distribution.
     */
    private static PointwiseFunction with(String name) {
      return PointwiseFunction.binary(name, Promotion.SAME, (self, values) -> values);
    }

    static PointwiseFunction of(Distribution distribution) {
      return switch (distribution) {
        case Distribution.Uniform _ -> UNIFORM;
        case Distribution.Normal _ -> NORMAL;
        case Distribution.Exponential _ -> EXPONENTIAL;
        case Distribution.Bernoulli _ -> BERNOULLI;
        case Distribution.Integers _, Distribution.AllIntegers _ -> RANDOM;
      };
    }
  }

  @Override
  public Tensor draw(Distribution distribution, Shape shape, TensorOptions options) {
    Vmap.checkRandom();
    boolean integers =
        distribution instanceof Distribution.Integers
            || distribution instanceof Distribution.AllIntegers;
    DType dtype = Factories.or(options.dtype(), integers ? DType.INT64 : DType.FLOAT32);
    OpenDevice device = Factories.device(registry, dtype, options);
    return Factories.finish(values(distribution, shape, dtype, device), options);
  }

  @Override
  public Tensor fill(Tensor self, Distribution distribution) {
    Vmap.checkRandom();
    TensorImpl target = TensorImpl.of(self);
    // What cannot be written to is refused before the stream goes on.
    ViewHistory.checkInPlace(target);
    Writes.checkWritable(target);
    TensorImpl values =
        values(distribution, target.shape(), target.dtype(), target.storage().device());
    return Overwrite.of(distribution).callInPlace(self, values);
  }

  private TensorImpl values(
      Distribution distribution, Shape shape, DType dtype, OpenDevice device) {
    return switch (distribution) {
      case Distribution.Uniform uniform -> uniform(uniform, shape, dtype, device);
      case Distribution.Normal normal -> normal(normal, shape, dtype, device);
      case Distribution.Exponential exponential -> {
        checkFloating(dtype, "exponential_");
        double[] values = new double[count(shape)];
        generator.exponential(values, exponential.rate());
        yield tensor(values, DType.FLOAT64, shape, dtype, device);
      }
      case Distribution.Bernoulli bernoulli -> {
        byte[] values = new byte[count(shape)];
        generator.bernoulli(values, bernoulli.p());
        yield tensor(values, DType.UINT8, shape, dtype, device);
      }
      case Distribution.Integers integers -> {
        DTypeRanges.check(dtype, integers.low(), integers.high());
        long[] values = new long[count(shape)];
        generator.randint(values, integers.low(), integers.high(), dtype);
        yield tensor(values, DType.INT64, shape, dtype, device);
      }
      case Distribution.AllIntegers _ -> {
        long[] values = new long[count(shape)];
        generator.random(values, dtype);
        yield tensor(values, DType.INT64, shape, dtype, device);
      }
    };
  }

  private TensorImpl uniform(
      Distribution.Uniform uniform, Shape shape, DType dtype, OpenDevice device) {
    checkFloating(dtype, "uniform_");
    int n = count(shape);
    if (dtype == DType.FLOAT64) {
      double[] values = new double[n];
      generator.uniform(values, 0, n, uniform.from(), uniform.to());
      return tensor(values, DType.FLOAT64, shape, dtype, device);
    }
    float[] values = new float[n];
    // As many digits as the dtype has: with more, rounding could reach the upper bound of [0, 1).
    int digits = DTypeRanges.digits(dtype);
    generator.uniform(values, 0, n, (float) uniform.from(), (float) uniform.to(), digits);
    return tensor(values, DType.FLOAT32, shape, dtype, device);
  }

  private TensorImpl normal(
      Distribution.Normal normal, Shape shape, DType dtype, OpenDevice device) {
    checkFloating(dtype, "normal_");
    int n = count(shape);
    if (dtype == DType.FLOAT64) {
      double[] values = new double[n];
      generator.normal(values, 0, n, normal.mean(), normal.std());
      return tensor(values, DType.FLOAT64, shape, dtype, device);
    }
    float[] values = new float[n];
    generator.normal(values, 0, n, normal.mean(), normal.std());
    return tensor(values, DType.FLOAT32, shape, dtype, device);
  }

  private static TensorImpl tensor(
      Object values, DType drawn, Shape shape, DType dtype, OpenDevice device) {
    TensorImpl tensor = Launches.fromArray(values, shape, drawn, device);
    return drawn == dtype ? tensor : TensorImpl.of(Launches.cast(tensor, dtype));
  }

  private static void checkFloating(DType dtype, String name) {
    if (!dtype.isFloatingPoint()) {
      throw new DTypeException("\"" + name + "\" not implemented for '" + dtype.typeName() + "'");
    }
  }

  private static int count(Shape shape) {
    if (shape.numel() > Integer.MAX_VALUE - 8) {
      throw new ShapeException(
          "shape "
              + shape
              + " has "
              + shape.numel()
              + " elements; random numbers are drawn into a"
              + " Java array, which holds 2^31 - 9");
    }
    return (int) shape.numel();
  }

  @Override
  public Tensor permutation(long n, TensorOptions options) {
    Vmap.checkRandom();
    DType dtype = Factories.or(options.dtype(), DType.INT64);
    OpenDevice device = Factories.device(registry, dtype, options);
    if (n < 0) {
      throw new ArgumentException("n must be non-negative, got " + n);
    }
    if (n > 0) {
      DTypeRanges.check(dtype, 0, n);
    }
    Shape shape = Shape.of(n);
    long[] values = new long[count(shape)];
    generator.randperm(values);
    return Factories.finish(tensor(values, DType.INT64, shape, dtype, device), options);
  }

  @Override
  public void seed(long seed) {
    generator.manualSeed(seed);
  }

  @Override
  public long initialSeed() {
    return generator.initialSeed();
  }

  @Override
  public byte[] state() {
    return generator.state();
  }

  @Override
  public void restore(byte[] state) {
    generator.restore(state);
  }
}
