package fluxion.engine.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the recorded cases do not show: suffixes, options and how much is read. */
class TensorPrinterTest {
  private static final PrintDetails GPU = new PrintDetails(new Device("gpu", 0), null, false);

  private static Values floats(double... values) {
    return TestValues.of(DType.FLOAT32, Shape.of(values.length), i -> values[(int) i]);
  }

  private static PrintDetails gradFn(String name) {
    return new PrintDetails(Device.CPU, name, true);
  }

  @Test
  void gradFnTakesThePlaceOfRequiresGrad() {
    assertEquals(
        "tensor([18., 32., 50.], grad_fn=<MulBackward0>)",
        TensorPrinter.print(floats(18, 32, 50), gradFn("MulBackward0")));
    Values scalar = TestValues.of(DType.FLOAT32, Shape.SCALAR, i -> -3.14170f);
    assertEquals(
        "tensor(-3.1417, grad_fn=<SumBackward0>)",
        TensorPrinter.print(scalar, gradFn("SumBackward0")));
    Values one = TestValues.of(DType.FLOAT64, Shape.of(1), i -> 2.0 / 3);
    assertEquals(
        "tensor([0.6667], dtype=torch.float64, grad_fn=<MulBackward0>)",
        TensorPrinter.print(one, gradFn("MulBackward0")));
  }

  @Test
  void deviceComesFirstAndWithItsIndex() {
    assertEquals("tensor([1., 2.], device='gpu:0')", TensorPrinter.print(floats(1, 2), GPU));
    Values empty = TestValues.ofIntegers(DType.INT32, Shape.of(0, 3), i -> 0);
    assertEquals(
        "tensor([], device='gpu:1', size=(0, 3), dtype=torch.int32, requires_grad=True)",
        TensorPrinter.print(empty, new PrintDetails(new Device("gpu", 1), null, true)));
  }

  @Test
  void suffixesThatDoNotFitBeginNewLines() {
    Values row = TestValues.of(DType.FLOAT64, Shape.of(8), i -> i + 0.5);
    assertEquals(
        """
        tensor([0.5000, 1.5000, 2.5000, 3.5000, 4.5000, 5.5000, 6.5000, 7.5000],
               device='gpu:0', dtype=torch.float64,
               grad_fn=<BinaryCrossEntropyWithLogitsBackward0>)\
        """,
        TensorPrinter.print(
            row,
            new PrintDetails(new Device("gpu", 0), "BinaryCrossEntropyWithLogitsBackward0", true)));
  }

  /** The rule counts two characters too many in the first line; so does PyTorch's. */
  @Test
  void aSuffixMovesToANewLineAtPyTorchsLength() {
    PrintDetails leaf = new PrintDetails(Device.CPU, null, true);
    Values fits = TestValues.ofIntegers(DType.INT64, Shape.of(3), i -> 100_000_000_000_000L);
    assertEquals(
        "tensor([100000000000000, 100000000000000, 100000000000000], requires_grad=True)",
        TensorPrinter.print(fits, leaf));
    Values exceeds = TestValues.ofIntegers(DType.INT64, Shape.of(4), i -> 10_000_000_000L);
    assertEquals(
        "tensor([10000000000, 10000000000, 10000000000, 10000000000],\n       requires_grad=True)",
        TensorPrinter.print(exceeds, leaf));
  }

  @Test
  void aSummaryReadsOnlyWhatItShows() {
    AtomicInteger reads = new AtomicInteger();
    Values huge =
        TestValues.of(
            DType.FLOAT32,
            Shape.of(1L << 20, 1L << 20, 1L << 20),
            i -> {
              reads.incrementAndGet();
              return i % 7;
            });
    String text = TensorPrinter.print(huge, PrintDetails.PLAIN);
    assertTrue(text.contains(",  ..., "), text);
    assertTrue(text.contains("        ...,\n\n"), text);
    assertTrue(reads.get() <= 3 * 6 * 6 * 6, reads + " elements were read");
  }

  @Test
  void optionsChangeTheLayout() {
    Values row = TestValues.ofIntegers(DType.INT64, Shape.of(10), i -> i);
    assertEquals(
        "tensor([0, 1, 2,  ..., 7, 8, 9])",
        TensorPrinter.print(row, PrintDetails.PLAIN, new PrintOptions(4, 5, 3, 80, null)));
    assertEquals(
        "tensor([1.12])",
        TensorPrinter.print(floats(1.12345), PrintDetails.PLAIN, PrintOptions.SHORT));
    assertEquals(
        "tensor([1.1235e+00])",
        TensorPrinter.print(
            floats(1.12345), PrintDetails.PLAIN, new PrintOptions(4, 1000, 3, 80, true)));
    assertEquals(
        "tensor([    0.0000, 10000.5000])",
        TensorPrinter.print(
            floats(1e-5, 10000.5), PrintDetails.PLAIN, new PrintOptions(4, 1000, 3, 80, false)));
    Values long1001 = TestValues.ofIntegers(DType.INT64, Shape.of(1001), i -> 7);
    assertEquals(
        -1, TensorPrinter.print(long1001, PrintDetails.PLAIN, PrintOptions.FULL).indexOf("..."));
    assertThrows(ArgumentException.class, () -> new PrintOptions(4, 1000, 0, 80, null));
  }

  @Test
  void infinitiesDoNotWiden() {
    assertEquals(
        "tensor([1., nan, inf, -inf])",
        TensorPrinter.print(
            floats(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
            PrintDetails.PLAIN));
  }
}
