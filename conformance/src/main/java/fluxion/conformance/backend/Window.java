package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * An operand, and all that lies around it in its buffer.
 *
 * <p>Around inputs lie NaNs, or large integers, so that reading there shows. Around outputs lie
 * other numbers; they are looked at when the output is read back, so that writing there shows.
 */
final class Window {
  private static final int MARGIN = 5;
  private static final int AROUND_INPUTS = 101;
  private static final int AROUND_OUTPUTS = 77;

  private final Operand operand;
  private final Object before;
  private final String words;

  private Window(Operand operand, Object before, String words) {
    this.operand = operand;
    this.before = before;
    this.words = words;
  }

  /** Places values that are to be read. */
  static Window input(Bench bench, Values values, Placement placement) {
    Layout layout = placement.layout(values.shape());
    Object memory = memory(values.dtype(), layout, AROUND_INPUTS, Double.NaN);
    for (int i = values.size() - 1; i >= 0; i--) {
      put(memory, at(layout, i), values, i);
    }
    return upload(bench, values.dtype(), layout, memory, values + " " + placement.words());
  }

  /** Makes a window that is to be written; its elements are NaN, or a number. */
  static Window output(Bench bench, DType dtype, Shape shape, Placement placement) {
    Layout layout = placement.layout(shape);
    Object memory = memory(dtype, layout, AROUND_OUTPUTS, AROUND_OUTPUTS);
    Values fresh = new Values(dtype, shape);
    for (int i = 0; i < fresh.size(); i++) {
      if (dtype.isFloatingPoint()) {
        fresh.setReal(i, Double.NaN);
      } else {
        fresh.setWhole(i, i % 2 == 0 ? 93 : 0);
      }
      put(memory, at(layout, i), fresh, i);
    }
    String words = dtype.shortName() + " " + shape + " " + placement.words();
    return upload(bench, dtype, layout, memory, words);
  }

  private static Window upload(
      Bench bench, DType dtype, Layout layout, Object memory, String words) {
    int length = Array.getLength(memory);
    Operand operand = layout.operand(bench.allocate(dtype, length));
    bench.backend().upload(memory, 0, operand.buffer(), 0, length);
    return new Window(operand, memory, words);
  }

  private static Object memory(DType dtype, Layout layout, int filler, double floatFiller) {
    int length = Math.toIntExact(Math.max(layout.bound(), layout.offset()) + MARGIN);
    Object memory = Memories.array(dtype, length);
    Values around = new Values(dtype, Shape.of(1));
    if (dtype.isFloatingPoint()) {
      around.setReal(0, floatFiller);
    } else {
      around.setWhole(0, filler);
    }
    for (int i = 0; i < length; i++) {
      put(memory, i, around, 0);
    }
    return memory;
  }

  private static void put(Object memory, int place, Values values, int i) {
    if (values.isFloating()) {
      Memories.put(memory, place, values.dtype(), values.real(i));
    } else {
      Memories.put(memory, place, values.whole(i));
    }
  }

  /** Where the element at a row-major position lies. */
  private static int at(Layout layout, int position) {
    long place = layout.offset();
    long rest = position;
    for (int d = layout.shape().dim() - 1; d >= 0; d--) {
      place += rest % layout.shape().size(d) * layout.stride(d);
      rest /= layout.shape().size(d);
    }
    return Math.toIntExact(place);
  }

  Operand operand() {
    return operand;
  }

  /** What a primitive has written; fails if it wrote around the window, too. */
  Values read(Bench bench) {
    Object memory = download(bench);
    Layout layout = operand.layout();
    boolean[] inside = new boolean[Array.getLength(memory)];
    Values values = new Values(operand.dtype(), operand.shape());
    for (int i = 0; i < values.size(); i++) {
      int place = at(layout, i);
      inside[place] = true;
      if (values.isFloating()) {
        values.setReal(i, Memories.real(memory, place, values.dtype()));
      } else {
        long stored = Memories.whole(memory, place, values.dtype());
        if (values.dtype() == DType.BOOL && stored != 0 && stored != 1) {
          throw new AssertionError(
              "a bool is stored as " + stored + " instead of 0 or 1 at " + values.place(i));
        }
        values.setWhole(i, stored);
      }
    }
    for (int place = 0; place < inside.length; place++) {
      if (!inside[place] && !same(memory, place)) {
        throw new AssertionError(
            "it wrote outside of its output, "
                + words
                + ": at place "
                + place
                + " of the buffer "
                + Array.get(memory, place)
                + " stands for "
                + Array.get(before, place));
      }
    }
    return values;
  }

  /** Fails if anything in the buffer has changed. */
  void requireUnchanged(Bench bench, String what) {
    Object memory = download(bench);
    for (int place = 0; place < Array.getLength(memory); place++) {
      if (!same(memory, place)) {
        throw new AssertionError(
            what
                + " changed "
                + words
                + ": at place "
                + place
                + " of the buffer "
                + Array.get(memory, place)
                + " stands for "
                + Array.get(before, place));
      }
    }
  }

  private Object download(Bench bench) {
    int length = Array.getLength(before);
    Object memory = Memories.array(operand.dtype(), length);
    bench.backend().download(operand.buffer(), 0, memory, 0, length);
    return memory;
  }

  private boolean same(Object memory, int place) {
    return Memories.same(memory, before, place, operand.dtype());
  }

  /** The window in words. */
  @Override
  public String toString() {
    return words;
  }

  /** The operands of some windows. */
  static Operand[] operands(Window... windows) {
    return Arrays.stream(windows).map(Window::operand).toArray(Operand[]::new);
  }
}
