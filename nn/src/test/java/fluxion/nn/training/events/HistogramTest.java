package fluxion.nn.training.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.nn.training.events.Records.Fields;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected numbers are those of PyTorch's {@code make_histogram}, run with NumPy. */
final class HistogramTest {
  private static Fields histogram(double... values) {
    return Records.parse(new Histogram(values).toMessage().toBytes());
  }

  private static void assertBuckets(double[] limits, double[] counts, double... values) {
    Fields histogram = histogram(values);
    assertArrayEquals(limits, histogram.numbers(6));
    assertArrayEquals(counts, histogram.numbers(7));
  }

  @Test
  void an_empty_bucket_comes_before_the_first() {
    assertBuckets(new double[] {0.47069243095356195, 0.5177616740489182}, new double[] {0, 1}, 0.5);
    assertBuckets(
        new double[] {0.47069243095356195, 0.5177616740489182, 0.56953784145381},
        new double[] {0, 3, 1},
        0.5,
        0.56,
        0.5,
        0.51);
    assertBuckets(
        new double[] {-1.109868130738129, -1.0089710279437536, -0.917246389039776},
        new double[] {0, 1, 1},
        -1,
        -1.05);
  }

  @Test
  void zeros_of_either_sign_are_in_one_bucket() {
    assertBuckets(new double[] {0, 1e-12}, new double[] {0, 2}, 0.0, -0.0);
  }

  @Test
  void what_is_beyond_all_buckets_is_in_none() {
    assertBuckets(
        new double[] {0.917246389039776, 1.0089710279437536},
        new double[] {0, 1},
        1e25,
        1,
        Double.NaN,
        Double.NEGATIVE_INFINITY);
    Fields histogram = histogram(1e25, 1, Double.NaN);
    assertEquals(3, histogram.number(3));
    assertTrue(Double.isNaN(histogram.number(1)) && Double.isNaN(histogram.number(4)));
  }

  @Test
  void the_numbers_are_summed_up() {
    Fields histogram = histogram(-2, 0, 0.25, 0.25, 1, 1e-13);
    assertEquals(-2, histogram.number(1));
    assertEquals(1, histogram.number(2));
    assertEquals(6, histogram.number(3));
    assertEquals(-0.5, histogram.number(4), 1e-12);
    assertEquals(5.125, histogram.number(5));
    assertEquals(591, histogram.numbers(6).length);
    assertEquals(6, Arrays.stream(histogram.numbers(7)).sum());
  }

  @Test
  void many_numbers_are_where_they_belong() {
    Fields histogram =
        histogram(
            IntStream.range(-1000, 1000).mapToDouble(i -> (double) i * i * i / 1e7).toArray());
    double[] limits = histogram.numbers(6);
    double[] counts = histogram.numbers(7);
    assertEquals(681, counts.length);
    assertEquals(-107.67633591020055, limits[0]);
    assertEquals(107.67633591020055, limits[limits.length - 1]);
    double places = 0;
    for (int i = 0; i < counts.length; i++) {
      places += (i + 1) * counts[i];
    }
    assertEquals(682661, places);
  }

  @Test
  void there_is_no_histogram_of_nothing() {
    assertEquals(
        "The input has no element.",
        assertThrows(ArgumentException.class, () -> new Histogram(new double[0])).getMessage());
    assertEquals(
        "The histogram is empty: no value is a number from -1e20 to 1e20",
        assertThrows(ArgumentException.class, () -> new Histogram(new double[] {Double.NaN}))
            .getMessage());
  }
}
