package fluxion.engine.factory;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.TensorFactory;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.registry.Registry;
import fluxion.engine.tape.ElementBytes;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The engine's maker of tensors. */
public final class Factories implements TensorFactory {
  private final Registry registry;

  /**
   * Makes the maker.
   *
   * @param registry knows the devices
   */
  public Factories(Registry registry) {
    this.registry = registry;
  }

  private OpenDevice device(DType dtype, TensorOptions options) {
    return device(registry, dtype, options);
  }

  /** Checks the options before anything is made. */
  static OpenDevice device(Registry registry, DType dtype, TensorOptions options) {
    if (options.requiresGrad() && !dtype.isFloatingPoint()) {
      throw new DTypeException(
          "Only Tensors of floating point and complex dtype can require gradients; asked for "
              + dtype);
    }
    return registry.device(options.device());
  }

  static Tensor finish(TensorImpl tensor, TensorOptions options) {
    return options.requiresGrad() ? tensor.requiresGrad_(true) : tensor;
  }

  static DType or(@Nullable DType dtype, DType otherwise) {
    return dtype == null ? otherwise : dtype;
  }

  @Override
  public Tensor full(Shape shape, Scalar value, TensorOptions options) {
    DType dtype = or(options.dtype(), value.isFloatingPoint() ? DType.FLOAT32 : value.dtype());
    return finish(Launches.full(shape, value, dtype, device(dtype, options)), options);
  }

  @Override
  public Tensor of(Object values, TensorOptions options) {
    NestedArray nested = NestedArray.of(values);
    return of(nested.flat(), nested.shape(), options);
  }

  @Override
  public Tensor of(Object values, Shape shape, TensorOptions options) {
    DType natural = NestedArray.dtype(values);
    int count = NestedArray.length(values);
    if (count != shape.numel()) {
      throw new ShapeException("shape '" + shape + "' is invalid for input of size " + count);
    }
    DType dtype = or(options.dtype(), natural);
    OpenDevice device = device(dtype, options);
    TensorImpl tensor = Launches.fromArray(NestedArray.uploadable(values), shape, natural, device);
    return finish(dtype == natural ? tensor : TensorImpl.of(Launches.cast(tensor, dtype)), options);
  }

  @Override
  public Tensor fromBytes(MemorySegment bytes, Shape shape, TensorOptions options) {
    DType dtype = or(options.dtype(), DType.FLOAT32);
    long count = bytes.byteSize() / dtype.bytes();
    if (count != shape.numel() || bytes.byteSize() % dtype.bytes() != 0) {
      throw new ShapeException(
          "shape '%s' of dtype %s is invalid for input of %d bytes"
              .formatted(shape, dtype, bytes.byteSize()));
    }
    OpenDevice device = device(dtype, options);
    ElementBytes.check(bytes, dtype);
    TensorImpl tensor = Launches.result(shape, dtype, device);
    ElementBytes.upload(bytes, tensor.storage());
    return finish(tensor, options);
  }

  @Override
  public Tensor arange(Scalar start, Scalar end, Scalar step, TensorOptions options) {
    boolean floating = start.isFloatingPoint() || end.isFloatingPoint() || step.isFloatingPoint();
    DType dtype = or(options.dtype(), floating ? DType.FLOAT32 : DType.INT64);
    OpenDevice device = device(dtype, options);
    double from = start.toDouble();
    double by = step.toDouble();
    if (by == 0) {
      throw new ArgumentException("step must be nonzero");
    }
    if (!Double.isFinite(from) || !Double.isFinite(end.toDouble())) {
      throw new ArgumentException("unsupported range: " + start + " -> " + end);
    }
    double count = Math.ceil((end.toDouble() - from) / by);
    if (count < 0) {
      throw new ArgumentException("upper bound and larger bound inconsistent with step sign");
    }
    if (count > Integer.MAX_VALUE - 8) {
      throw new ShapeException("arange of " + count + " elements does not fit a Java array");
    }
    int n = (int) count;
    TensorImpl tensor;
    if (floating) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = from + by * i;
      }
      tensor = Launches.fromArray(values, Shape.of(n), DType.FLOAT64, device);
    } else {
      long[] values = new long[n];
      for (int i = 0; i < n; i++) {
        values[i] = start.toLong() + step.toLong() * i;
      }
      tensor = Launches.fromArray(values, Shape.of(n), DType.INT64, device);
    }
    return finish(
        tensor.dtype() == dtype ? tensor : TensorImpl.of(Launches.cast(tensor, dtype)), options);
  }
}
