package fluxion.engine.tape;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.engine.print.PrintDetails;
import fluxion.engine.print.TensorPrinter;
import fluxion.engine.print.Values;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Layout;
import fluxion.engine.vmap.Batch;
import fluxion.engine.vmap.UnbatchedException;
import fluxion.engine.vmap.Vmap;

/** Brings a tensor's values to the program. */
public final class HostValues {
  private HostValues() {}

  /** The one element of a tensor; it is an error if there are more, or none. */
  static Scalar only(TensorImpl tensor) {
    if (tensor.numel() != 1) {
      throw new ArgumentException(
          "only one element tensors can be converted to Python scalars; this one has "
              + tensor.numel()
              + " elements, shape "
              + tensor.shape());
    }
    return scalar(Vmap.readable(tensor));
  }

  /** Whether the one element of a tensor differs from 0. */
  static boolean isTrue(TensorImpl tensor) {
    if (tensor.numel() != 1) {
      throw new ArgumentException(
          tensor.numel() == 0
              ? "Boolean value of Tensor with no values is ambiguous"
              : "Boolean value of Tensor with more than one value is ambiguous");
    }
    Batch batch = tensor.batch();
    if (batch != null && !batch.isUniform()) {
      throw UnbatchedException.ofDecision();
    }
    return scalar(Vmap.readable(tensor)).toBoolean();
  }

  /** All elements in row-major order, as truth values. */
  static boolean[] booleans(TensorImpl tensor) {
    byte[] bytes = (byte[]) array(tensor, DType.BOOL);
    boolean[] values = new boolean[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  private static Scalar scalar(TensorImpl tensor) {
    Element element = new Element(tensor);
    return switch (tensor.dtype().category()) {
      case FLOATING -> Scalar.of(element.floating(0));
      case INTEGRAL -> Scalar.of(element.integer(0));
      case BOOL -> Scalar.of(element.integer(0) != 0);
    };
  }

  /**
   * {@return all elements in row-major order, cast by the device, in a new primitive array}
   *
   * @param given the tensor
   * @param dtype the dtype, which decides the kind of array
   */
  public static Object array(TensorImpl given, DType dtype) {
    return elements(Vmap.readable(given), dtype);
  }

  /**
   * {@return all elements of all slices, one slice after the other}
   *
   * @param tensor the tensor, batched or not
   * @param dtype the dtype, which decides the kind of array
   */
  public static Object everywhere(TensorImpl tensor, DType dtype) {
    Batch batch = tensor.batch();
    return elements(
        batch == null ? tensor : tensor.alias(batch.whole(tensor.layout()), null), dtype);
  }

  private static Object elements(TensorImpl tensor, DType dtype) {
    tensor.checkOpen();
    long numel = tensor.numel();
    if (numel > Integer.MAX_VALUE - 8) {
      throw new ShapeException(
          "a tensor of " + numel + " elements does not fit a Java array, which holds 2^31 - 9");
    }
    Backend backend = tensor.storage().device().backend();
    Object array = newArray(dtype, (int) numel);
    if (numel == 0) {
      return array;
    }
    if (dtype == tensor.dtype() && tensor.isContiguous()) {
      backend.download(tensor.buffer(), tensor.storageOffset(), array, 0, (int) numel);
      return array;
    }
    Buffer copy = backend.allocateUnspecified(dtype, numel);
    try {
      backend.copy(tensor.operand(), Layout.contiguous(tensor.shape()).operand(copy));
      backend.download(copy, 0, array, 0, (int) numel);
    } finally {
      backend.free(copy);
    }
    return array;
  }

  /** A tensor as PyTorch prints it; of a large one single elements are fetched one by one. */
  static String print(TensorImpl tensor) {
    Node node = tensor.gradFn();
    return TensorPrinter.print(
        new Element(tensor),
        new PrintDetails(
            tensor.device(), node == null ? null : node.name(), tensor.requiresGrad()));
  }

  /**
   * {@return a new array of the kind from which a dtype is uploaded}
   *
   * @param dtype the dtype
   * @param length how many elements
   */
  public static Object newArray(DType dtype, int length) {
    return switch (dtype) {
      case FLOAT32 -> new float[length];
      case FLOAT64 -> new double[length];
      case INT64 -> new long[length];
      case INT32 -> new int[length];
      case INT16, FLOAT16, BFLOAT16 -> new short[length];
      case INT8, UINT8, BOOL -> new byte[length];
    };
  }

  private static final class Element implements Values {
    private final TensorImpl tensor;
    private final Object cell;

    Element(TensorImpl tensor) {
      this.tensor = tensor;
      this.cell = newArray(tensor.dtype(), 1);
    }

    @Override
    public DType dtype() {
      return tensor.dtype();
    }

    @Override
    public Shape shape() {
      return tensor.shape();
    }

    private void fetch(long index) {
      Layout layout = tensor.layout();
      long position = layout.offset();
      long rest = index;
      for (int d = tensor.dim() - 1; d >= 0; d--) {
        long size = tensor.shape().size(d);
        position += rest % size * layout.stride(d);
        rest /= size;
      }
      tensor.storage().device().backend().download(tensor.buffer(), position, cell, 0, 1);
    }

    @Override
    public double floating(long index) {
      fetch(index);
      return switch (tensor.dtype()) {
        case FLOAT32 -> ((float[]) cell)[0];
        case FLOAT64 -> ((double[]) cell)[0];
        case FLOAT16 -> Float.float16ToFloat(((short[]) cell)[0]);
        case BFLOAT16 -> Float.intBitsToFloat(((short[]) cell)[0] << 16);
        default -> throw new IllegalStateException(tensor.dtype() + " is not floating");
      };
    }

    @Override
    public long integer(long index) {
      fetch(index);
      return switch (tensor.dtype()) {
        case INT64 -> ((long[]) cell)[0];
        case INT32 -> ((int[]) cell)[0];
        case INT16 -> ((short[]) cell)[0];
        case INT8, BOOL -> ((byte[]) cell)[0];
        case UINT8 -> ((byte[]) cell)[0] & 0xff;
        default -> throw new IllegalStateException(tensor.dtype() + " is not integral");
      };
    }
  }
}
