package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Rules about sorting and about finding the true elements of a mask. */
final class SortRules {
  private SortRules() {}

  private static void requireSorted(
      Bench bench, Values given, int dim, boolean descending, Placement placement) {
    bench.require(DType.INT64);
    Lines lines = new Lines(given.shape(), dim);
    Values sorted = new Values(given.dtype(), given.shape());
    Values places = new Values(DType.INT64, given.shape());
    for (int line = 0; line < lines.count(); line++) {
      int of = line;
      Integer[] order = new Integer[lines.length()];
      Arrays.setAll(order, i -> i);
      Comparator<Integer> ascending = (i, j) -> compare(given, lines.at(of, i), lines.at(of, j));
      // Java's sort of objects is stable
      Arrays.sort(order, descending ? ascending.reversed() : ascending);
      for (int i = 0; i < order.length; i++) {
        sorted.put(lines.at(line, i), given, lines.at(line, order[i]));
        places.setWhole(lines.at(line, i), order[i]);
      }
    }
    String what =
        "%s sort of %s along dimension %d, %s"
            .formatted(descending ? "descending" : "ascending", given, dim, placement.words());
    Window input = bench.input(given, placement);
    Window values = bench.output(given.dtype(), given.shape(), Placement.STRIDED);
    Window indices = bench.output(DType.INT64, given.shape());
    bench.backend().sort(input.operand(), dim, descending, values.operand(), indices.operand());
    Expect.same("the indices of the " + what, places, indices.read(bench));
    Expect.same("the values of the " + what, sorted, values.read(bench));
    input.requireUnchanged(bench, "sort");
  }

  /** NaN is larger than every number and equal to itself; −0 equals 0. */
  private static int compare(Values values, int i, int j) {
    if (!values.isFloating()) {
      return Long.compare(values.whole(i), values.whole(j));
    }
    double a = values.real(i);
    double b = values.real(j);
    return a < b ? -1 : a > b ? 1 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  @TestOf("B-621")
  static void b621_sort_orders_each_line_and_gives_the_indices(
      BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            for (Shape shape :
                List.of(
                    Shape.of(1),
                    Shape.of(9),
                    Shape.of(5, 8),
                    Shape.of(3, 4, 5),
                    Shape.of(2, 1, 33))) {
              Values given = placement.of(Samples.normal(trial.random(), dtype, shape.toArray()));
              for (int dim = 0; dim < shape.dim(); dim++) {
                requireSorted(bench, given, dim, false, placement);
                requireSorted(bench, given, dim, true, placement);
              }
            }
          });
    }
  }

  @TestOf("B-622")
  static void b622_sort_keeps_the_order_of_equal_elements(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          for (int n : new int[] {3, 20, 64, 129, 1000, 5000}) {
            Values given = Samples.small(trial.random(), dtype, n);
            requireSorted(bench, given, 0, false, Placement.CONTIGUOUS);
            requireSorted(bench, given, 0, true, Placement.CONTIGUOUS);
          }
        });
  }

  @TestOf("B-623")
  static void b623_sort_takes_nan_for_the_largest_and_zeros_for_equal(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          for (int n : new int[] {2, 7, 16, 100, 1000, 5000}) {
            Values given = Samples.any(trial.random(), dtype, n);
            for (int i = 0; i < n; i++) {
              if (i % 5 == 0) {
                given.setReal(i, i % 2 == 0 ? -0.0 : 0.0);
              } else if (i % 7 == 1) {
                given.setReal(i, Double.NaN);
              }
            }
            requireSorted(bench, given, 0, false, Placement.CONTIGUOUS);
            requireSorted(bench, given, 0, true, Placement.STRIDED);
          }
        });
  }

  @TestOf("B-624")
  static void b624_sort_takes_lines_of_any_length(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.NUMBERS,
        (bench, dtype, trial) -> {
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            if (n < 100_000) {
              requireSorted(
                  bench,
                  Samples.any(trial.random(), dtype, n),
                  0,
                  n % 2 == 0,
                  Placement.CONTIGUOUS);
            }
          }
        });
  }

  @TestOf("B-631")
  static void b631_compact_lists_the_true_elements_in_order(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.add(
          cases,
          placement.words(),
          (bench, trial) -> {
            for (Shape shape :
                List.of(
                    Shape.of(),
                    Shape.of(1),
                    Shape.of(40),
                    Shape.of(7, 9),
                    Shape.of(3, 4, 5),
                    Shape.of(0),
                    Shape.of(3, 0),
                    Shape.of(300, 301))) {
              for (int every : new int[] {1, 2, 5, 1000}) {
                Values mask =
                    placement.of(
                        Values.longs(DType.BOOL, shape, i -> (i * 7 + 3) % every == 0 ? 1 : 0));
                requireCompacted(bench, mask, placement);
              }
              requireCompacted(bench, new Values(DType.BOOL, shape), placement);
            }
          });
    }
    subject.add(
        cases,
        "any length",
        (bench, trial) -> {
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            Values mask =
                Values.longs(DType.BOOL, Shape.of(n), i -> i % 3 == 1 || i == n - 1 ? 1 : 0);
            requireCompacted(bench, mask, Placement.CONTIGUOUS);
          }
        });
  }

  private static void requireCompacted(Bench bench, Values mask, Placement placement) {
    int count = 0;
    for (int i = 0; i < mask.size(); i++) {
      count += (int) mask.whole(i);
    }
    // room for more than there are: it stays as it is
    Window output = bench.output(DType.INT64, Shape.of(count + 3));
    Values expected = output.read(bench);
    int at = 0;
    for (int i = 0; i < mask.size(); i++) {
      if (mask.whole(i) != 0) {
        expected.setWhole(at++, i);
      }
    }
    Operand input = bench.input(mask, placement).operand();
    long found = bench.backend().compact(input, output.operand());
    if (found != count) {
      throw new AssertionError(
          "compact of %s with %d true elements, %s: found %d"
              .formatted(mask, count, placement.words(), found));
    }
    Values written = output.read(bench);
    for (int i = count; i < written.size(); i++) {
      // what lies after them is left open
      expected.put(i, written, i);
    }
    Expect.same(
        "the positions of compact of " + mask + ", " + placement.words(), expected, written);
  }
}
