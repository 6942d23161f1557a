package fluxion.conformance.fuzz.surface;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.FuzzTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shapes, dimensions and indices, right and wrong ones: a call gives the elements that it should,
 * or is refused with an error of Fluxion's if it should be.
 */
public final class IndexingTarget implements FuzzTarget {
  private static final int MOST_CALLS = 6;
  private static final long[] ODD = {
    Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, -100, 100
  };

  private final Device device;

  /**
   * Makes the target.
   *
   * @param device the device under test
   */
  public IndexingTarget(Device device) {
    this.device = device;
  }

  @Override
  public String name() {
    return "indexing";
  }

  @Override
  public String covers() {
    return "views, picks and writes with right and wrong dimensions, sizes and indices";
  }

  @Override
  public void run(ByteSource source) {
    new Chain(source).run();
  }

  private Tensor tensor(Model model) {
    double[] values = Arrays.stream(model.elements()).asDoubleStream().toArray();
    return Tensors.tensor(
        values, Shape.of(model.sizes()), TensorOptions.of(DType.INT64).device(device));
  }

  /** Calls one after another, each on what the one before gave. */
  private final class Chain {
    private final ByteSource source;
    private final StringBuilder said = new StringBuilder();
    private Model model;
    private Tensor tensor;

    /** Whether the tensor is known to show the first one's memory. */
    private boolean shares = true;

    Chain(ByteSource source) {
      this.source = source;
      long[] sizes = new long[source.below(4)];
      Arrays.setAll(sizes, d -> source.below(5));
      model = Model.range(sizes);
      tensor = tensor(model);
      said.append("arange viewed as ").append(Arrays.toString(sizes));
    }

    void run() {
      Tensor base = tensor;
      int calls = 1 + source.below(MOST_CALLS);
      for (int i = 0; i < calls; i++) {
        if (!call()) {
          return;
        }
      }
      write(base);
    }

    /** A dimension, mostly a right one. */
    private long dim() {
      return source.below(8) == 7 ? odd() : source.below(2 * model.dim() + 3) - model.dim() - 1L;
    }

    private long odd() {
      return ODD[source.below(ODD.length)];
    }

    /** An index or size. */
    private long number() {
      return source.below(12) == 11 ? odd() : source.below(11) - 4L;
    }

    private List<Long> numbers(int most) {
      List<Long> numbers = new ArrayList<>();
      int count = source.below(most + 1);
      for (int i = 0; i < count; i++) {
        numbers.add(number());
      }
      return numbers;
    }

    private List<Long> order() {
      List<Long> order = new ArrayList<>();
      for (int d = 0; d < model.dim(); d++) {
        order.add(source.below(order.size() + 1), source.below(4) == 3 ? dim() : (long) d);
      }
      return order;
    }

    private static long[] array(List<Long> numbers) {
      return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private Model indices(int dims) {
      long[] sizes = new long[dims];
      Arrays.setAll(sizes, d -> source.below(4));
      int[] elements = new int[Math.toIntExact(Model.product(sizes))];
      boolean wrong = source.below(4) == 3;
      Arrays.setAll(elements, i -> source.below(wrong ? 7 : 2) - (wrong ? 2 : 0));
      return new Model(sizes, elements);
    }

    /** Makes one call; false if it was refused, as it should be. */
    private boolean call() {
      return switch (source.below(12)) {
        case 0 -> {
          long dim = dim();
          long index = number();
          yield same("select", model.select(dim, index), dim, index);
        }
        case 1 -> {
          long dim = dim();
          long start = number();
          long end = number();
          long step = source.below(4) == 3 ? number() : source.below(3) + 1L;
          yield same("slice", model.slice(dim, start, end, step), dim, start, end, step);
        }
        case 2 -> {
          long dim = dim();
          long start = number();
          long length = number();
          yield same("narrow", model.narrow(dim, start, length), dim, start, length);
        }
        case 3 -> {
          long a = dim();
          long b = dim();
          yield same("transpose", model.transpose(a, b), a, b);
        }
        case 4 -> {
          List<Long> order = order();
          yield same("permute", model.permute(array(order)), order);
        }
        case 5 -> {
          long dim = dim();
          yield same("unsqueeze", model.unsqueeze(dim), dim);
        }
        case 6 -> {
          long dim = dim();
          yield same("squeeze", model.squeeze(dim), dim);
        }
        case 7 -> {
          List<Long> sizes = numbers(4);
          yield fits(sizes) && same("expand", model.expand(array(sizes)), sizes);
        }
        case 8 -> {
          List<Long> sizes = numbers(4);
          yield fits(sizes) && same("reshape", model.reshape(array(sizes)), sizes);
        }
        case 9 -> {
          long start = dim();
          long end = dim();
          yield same("flatten", model.flatten(start, end), start, end);
        }
        case 10 -> {
          long dim = dim();
          Model index = indices(source.below(8) == 7 ? source.below(4) : model.dim());
          yield same("gather", model.gather(dim, index), dim, index);
        }
        default -> {
          long dim = dim();
          Model index = indices(source.below(8) == 7 ? source.below(3) : 1);
          yield same("index_select", model.indexSelect(dim, index), dim, index);
        }
      };
    }

    /** Whether the model can hold so many elements; an overflow is refused before. */
    private boolean fits(List<Long> sizes) {
      double elements =
          sizes.stream()
              .mapToDouble(size -> Math.max(1, Math.abs((double) size)))
              .reduce(1, (a, b) -> a * b);
      return elements < 10_000;
    }

    private boolean same(String operator, @Nullable Model expected, Object... arguments) {
      List<Object> given = new ArrayList<>();
      given.add(tensor);
      StringBuilder text = new StringBuilder();
      for (Object argument : arguments) {
        given.add(argument instanceof Model index ? tensor(index) : argument);
        text.append(text.isEmpty() ? "" : ", ").append(argument);
      }
      said.append("; ").append(operator).append('(').append(text).append(')');
      Tensor found;
      try {
        found = Ops.callAll(operator, given, Map.of()).getFirst();
      } catch (FluxionException e) {
        if (expected != null) {
          throw new Finding(said + " is refused: " + e.getMessage(), "", e);
        }
        return false;
      }
      if (expected == null) {
        throw new Finding(
            said + " is taken and gives " + shown(found) + "; it must be refused", "");
      }
      compare(expected, found);
      boolean moves = operator.equals("gather") || operator.equals("index_select");
      boolean mayCopy = operator.equals("reshape") || operator.equals("flatten");
      shares &= !moves && (!mayCopy || tensor.isContiguous());
      model = expected;
      tensor = found;
      return true;
    }

    private void compare(Model expected, Tensor found) {
      long[] elements = Arrays.stream(expected.elements()).asLongStream().toArray();
      if (!Arrays.equals(expected.sizes(), found.shape().toArray())
          || !Arrays.equals(elements, found.toLongArray())) {
        throw new Finding(said + " gives " + shown(found) + " instead of " + expected, "");
      }
    }

    private static String shown(Tensor tensor) {
      return tensor.shape() + " of " + Arrays.toString(tensor.toLongArray());
    }

    /** Writes through the last view; every element shows it that the view shows, and no other. */
    private void write(Tensor base) {
      int[] elements = model.elements();
      boolean repeats = Arrays.stream(elements).distinct().count() < elements.length;
      long[] before = base.toLongArray();
      said.append("; add_(1000)");
      try {
        tensor.add_(1000);
      } catch (FluxionException e) {
        if (!repeats) {
          throw new Finding(said + " is refused: " + e.getMessage(), "", e);
        }
        return;
      }
      if (repeats || !shares) {
        return;
      }
      for (int element : elements) {
        before[element] += 1000;
      }
      if (!Arrays.equals(before, base.toLongArray())) {
        throw new Finding(
            said
                + " leaves the first tensor as "
                + Arrays.toString(base.toLongArray())
                + " instead of "
                + Arrays.toString(before),
            "");
      }
    }
  }
}
