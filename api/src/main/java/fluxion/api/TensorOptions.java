package fluxion.api;

import org.jspecify.annotations.Nullable;

/**
 * What a factory makes: dtype, device and whether the tensor requires a gradient.
 *
 * @param dtype the dtype, or null for the factory's default
 * @param device the device
 * @param requiresGrad whether operations on the tensor are recorded
 */
public record TensorOptions(@Nullable DType dtype, Device device, boolean requiresGrad) {
  /** The factory's dtype, on the CPU, without gradient. */
  public static final TensorOptions DEFAULT = new TensorOptions(null, Device.CPU, false);

  /**
   * {@return options with a dtype}
   *
   * @param dtype the dtype
   */
  public static TensorOptions of(DType dtype) {
    return DEFAULT.dtype(dtype);
  }

  /** {@return options of the default dtype whose tensors require gradients} */
  public static TensorOptions withGrad() {
    return DEFAULT.requiresGrad(true);
  }

  /**
   * {@return these options with another dtype}
   *
   * @param dtype the dtype
   */
  public TensorOptions dtype(DType dtype) {
    return new TensorOptions(dtype, device, requiresGrad);
  }

  /**
   * {@return these options with another device}
   *
   * @param device the device
   */
  public TensorOptions device(Device device) {
    return new TensorOptions(dtype, device, requiresGrad);
  }

  /**
   * {@return these options with or without gradient}
   *
   * @param requiresGrad whether operations on the tensor are recorded
   */
  public TensorOptions requiresGrad(boolean requiresGrad) {
    return new TensorOptions(dtype, device, requiresGrad);
  }
}
