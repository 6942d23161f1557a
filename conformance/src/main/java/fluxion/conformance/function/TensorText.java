package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tensor as an expression in Java that makes it again: dtype, device, values, and how it lies in
 * memory. The values are those that it had when this was made.
 */
final class TensorText {
  /** Up to how many elements the values are written. */
  private static final int SHOWN = 256;

  private final DType dtype;
  private final String device;
  private final long[] sizes;
  private final long[] strides;
  private final long offset;
  private final boolean requiresGrad;
  private final List<String> values;

  /** The dimensions along which elements differ in their place, the widest step first. */
  private final int[] spread;

  private TensorText(Tensor tensor) {
    this.dtype = tensor.dtype();
    this.device = tensor.device().toString();
    this.sizes = tensor.shape().toArray();
    this.strides = tensor.strides();
    this.offset = tensor.storageOffset();
    this.requiresGrad = tensor.requiresGrad();
    this.spread =
        IntStream.range(0, sizes.length)
            .filter(d -> sizes[d] > 1 && strides[d] != 0)
            .boxed()
            .sorted(Comparator.comparingLong((Integer d) -> strides[d]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    this.values = readable(tensor);
  }

  /** Copies what there is to know of a tensor. */
  static TensorText of(Tensor tensor) {
    return new TensorText(tensor);
  }

  boolean requiresGrad() {
    return requiresGrad;
  }

  /** The elements, or none of a device that does not give them: the check shall see why. */
  private List<String> readable(Tensor tensor) {
    try {
      return values(tensor);
    } catch (FluxionException e) {
      return List.of();
    }
  }

  /** The elements as Java writes them, one for all that share a place; none if they are many. */
  private List<String> values(Tensor tensor) {
    Tensor once = tensor.detach();
    for (int d = 0; d < sizes.length; d++) {
      if (repeats(d)) {
        once = once.narrow(d, 0, 1);
      }
    }
    if (once.numel() > SHOWN) {
      return List.of();
    }
    return switch (dtype.category()) {
      case FLOATING ->
          Arrays.stream(once.toDoubleArray()).mapToObj(this::text).collect(Collectors.toList());
      case INTEGRAL ->
          Arrays.stream(once.toLongArray()).mapToObj(n -> n + "L").collect(Collectors.toList());
      case BOOL -> {
        List<String> texts = new ArrayList<>();
        for (boolean value : once.toBooleanArray()) {
          texts.add(String.valueOf(value));
        }
        yield texts;
      }
    };
  }

  private String text(double value) {
    if (dtype == DType.FLOAT64) {
      return Literals.of(value);
    }
    // shortest as a float, and parsed as one: as a double it would be rounded twice
    return Double.isNaN(value) || Double.isInfinite(value)
        ? Literals.of((float) value)
        : (float) value + "f";
  }

  private boolean repeats(int d) {
    return sizes[d] > 1 && strides[d] == 0 && Shape.of(sizes).numel() > 0;
  }

  /** The expression. */
  String java() {
    long[] kept = kept();
    String plain =
        "Tensors.tensor(%s, %s, %s)".formatted(array(kept), Literals.of(Shape.of(kept)), options());
    String placed = isContiguous() ? plain : placed(plain, kept);
    boolean repeats = !Arrays.equals(kept, sizes);
    return placed
        + (repeats ? ".expand(" + list(sizes) + ")" : "")
        + (requiresGrad ? ".requiresGrad_()" : "");
  }

  private String options() {
    return "TensorOptions.of(DType.%s).device(Device.of(\"%s\"))".formatted(dtype.name(), device);
  }

  /** The sizes, with 1 for a dimension along which the elements share their place. */
  private long[] kept() {
    long[] kept = sizes.clone();
    for (int d = 0; d < kept.length; d++) {
      if (repeats(d)) {
        kept[d] = 1;
      }
    }
    return kept;
  }

  private String array(long[] kept) {
    String type =
        switch (dtype.category()) {
          case FLOATING -> dtype == DType.FLOAT64 ? "double" : "float";
          case INTEGRAL -> "long";
          case BOOL -> "boolean";
        };
    long count = Shape.of(kept).numel();
    if (count > values.size()) {
      return "like%ss(%d)".formatted(dtype.isFloatingPoint() ? "Double" : "Long", count);
    }
    return "new " + type + "[] {" + String.join(", ", values) + "}";
  }

  /** Whether the values were left out, so that the program has to make others up. */
  boolean isElided() {
    return Shape.of(kept()).numel() > values.size();
  }

  private boolean isContiguous() {
    if (Shape.of(sizes).numel() == 0) {
      return true;
    }
    long step = 1;
    for (int i = spread.length - 1; i >= 0; i--) {
      if (strides[spread[i]] != step || (i > 0 && spread[i - 1] > spread[i])) {
        return false;
      }
      step *= sizes[spread[i]];
    }
    return offset == 0;
  }

  /**
   * The values written into a view of a larger tensor. Its dimensions are those of different steps,
   * each as long as the step of the one before says; the gaps are NaN, or a large integer.
   */
  private String placed(String plain, long[] kept) {
    List<Long> base = new ArrayList<>();
    StringBuilder views = new StringBuilder();
    long length = 1;
    for (int i = 0; i < spread.length; i++) {
      long next = i == 0 ? sizes[spread[0]] : strides[spread[i - 1]] / strides[spread[i]];
      if (next < sizes[spread[i]] || (i > 0 && strides[spread[i - 1]] % strides[spread[i]] != 0)) {
        // elements that overlap in another way: such a layout the kit does not make
        return plain;
      }
      base.add(next);
      length *= next;
      if (next > sizes[spread[i]]) {
        views.append(".narrow(%d, 0, %d)".formatted(i, sizes[spread[i]]));
      }
    }
    long last = spread.length == 0 ? 1 : strides[spread[spread.length - 1]];
    if (last > 1) {
      base.add(last);
      length *= last;
      views.append(".select(%d, 0)".formatted(spread.length));
    }
    List<Integer> order = Arrays.stream(spread).boxed().toList();
    List<Integer> sorted = order.stream().sorted().toList();
    if (!order.equals(sorted)) {
      views
          .append(".permute(")
          .append(
              sorted.stream()
                  .map(d -> String.valueOf(order.indexOf(d)))
                  .collect(Collectors.joining(", ")))
          .append(')');
    }
    for (int d = 0; d < kept.length; d++) {
      if (kept[d] == 1) {
        views.append(".unsqueeze(").append(d).append(')');
      }
    }
    String gaps =
        switch (dtype.category()) {
          case FLOATING -> "Double.NaN";
          case INTEGRAL -> "101";
          case BOOL -> "false";
        };
    return "Tensors.full(Scalar.of(%s), %s, %d)%s.view(%s)%s\n          .copy_(%s)"
        .formatted(
            gaps,
            options(),
            offset + length,
            offset > 0 ? ".narrow(0, %d, %d)".formatted(offset, length) : "",
            base.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            views,
            plain);
  }

  private static String list(long[] sizes) {
    return Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }
}
