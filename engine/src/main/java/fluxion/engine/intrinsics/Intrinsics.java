package fluxion.engine.intrinsics;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.ViewFunction;
import fluxion.engine.tape.TensorImpl;
import org.jspecify.annotations.Nullable;

/** The engine's own functions, applied. */
public final class Intrinsics {
  /** Addition, by which gradients meet. */
  public static final PointwiseFunction ADD =
      PointwiseFunction.binary("add", Promotion.PROMOTE, Expr::add);

  private Intrinsics() {}

  /**
   * {@return a copy in row-major order}
   *
   * @param tensor the tensor
   */
  public static Tensor copy(Tensor tensor) {
    return Functions.apply(new Clone(), tensor);
  }

  /**
   * {@return a copy whose node is named as PyTorch names the first gradient of a recorded pass}
   *
   * @param tensor the tensor
   */
  public static Tensor recordedCopy(Tensor tensor) {
    return Functions.apply(new CopyGradient(), tensor);
  }

  /**
   * {@return a tensor if its elements lie in row-major order, else a copy}
   *
   * @param tensor the tensor
   */
  public static Tensor contiguous(Tensor tensor) {
    return tensor.isContiguous() ? tensor : copy(tensor);
  }

  /**
   * {@return a tensor if it has a dtype, else a copy that has}
   *
   * @param tensor the tensor
   * @param dtype the dtype
   */
  public static Tensor cast(Tensor tensor, DType dtype) {
    return tensor.dtype() == dtype ? tensor : Functions.apply(new ToCopy(dtype), tensor);
  }

  /**
   * {@return a tensor if it is on a device, else a copy that is}
   *
   * @param tensor the tensor
   * @param device the device
   */
  public static Tensor to(Tensor tensor, Device device) {
    return tensor.device().equals(device) ? tensor : Functions.apply(new ToDevice(device), tensor);
  }

  /**
   * {@return the sum over the dimensions that broadcasting from a shape has added or repeated}
   *
   * @param tensor a tensor of a shape to which the given one expands
   * @param shape the shape of the result
   */
  public static Tensor sumTo(Tensor tensor, Shape shape) {
    return Functions.apply(new SumTo(shape), tensor);
  }

  /**
   * {@return a view in which dimensions of size 1 are repeated}
   *
   * @param tensor the tensor
   * @param shape the shape of the view
   */
  public static Tensor expand(Tensor tensor, Shape shape) {
    return tensor.shape().equals(shape) ? tensor : Functions.view(new Expand(shape), tensor);
  }

  /**
   * {@return ones of a tensor's shape, dtype and device}
   *
   * @param like the tensor
   */
  public static Tensor onesLike(Tensor like) {
    return Launches.full(
        like.shape(), Scalar.of(1), like.dtype(), TensorImpl.of(like).storage().device());
  }

  /**
   * {@return a cotangent with the elements of a slice replaced}
   *
   * @param tensor the cotangent
   * @param view the slice, by strides
   * @param slice the new elements, or null for zeros
   */
  public static Tensor replaceSlice(Tensor tensor, AsStrided view, @Nullable Tensor slice) {
    return Functions.apply(new ReplaceSlice(view), tensor, slice);
  }

  /**
   * {@return a view by strides of a copy that lies in memory as the view's base does}
   *
   * @param tensor a tensor of the base's shape
   * @param view the view
   */
  public static Tensor restride(Tensor tensor, AsStrided view) {
    return Functions.view(view, Functions.apply(new Relayout(view.base()), tensor));
  }

  /** {@return zeros that lie in memory as a base does} */
  static Tensor zerosLike(AsStrided view, Tensor like) {
    return Launches.zeros(Shape.of(view.base().bound()), like.dtype(), like);
  }

  /** {@return memory seen in a layout, whatever layout it has} */
  static ViewFunction in(fluxion.engine.spi.Layout layout) {
    return input -> layout;
  }
}
