package fluxion.conformance.backend;

import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a case placed on the device last. A primitive has no name by which a program could call it;
 * a failure shows its operands as Java arrays, to be uploaded in a test of the backend's own.
 */
final class Journal {
  /** How many operands are remembered: no primitive but a kernel has more. */
  private static final int OPERANDS = 4;

  /** Up to how many elements are written. */
  private static final int SHOWN = 200;

  private record Placed(Values values, Operand operand, String words) {}

  private final Deque<Placed> inputs = new ArrayDeque<>();
  private @Nullable Operand output;
  private @Nullable Kernel kernel;

  /** Notes an operand that is read. */
  synchronized void read(Values values, Operand operand, String words) {
    if (inputs.size() == OPERANDS) {
      inputs.removeFirst();
    }
    inputs.addLast(new Placed(values, operand, words));
  }

  /** Notes an operand that is written. */
  synchronized void written(Operand operand) {
    output = operand;
  }

  /** Notes a kernel that is compiled. */
  synchronized void compiled(Kernel made) {
    kernel = made;
  }

  /** The arrays; empty if nothing was placed. */
  synchronized String java() {
    if (inputs.isEmpty() && output == null) {
      return "";
    }
    StringBuilder text =
        new StringBuilder("// What the check placed on the device last, the newest at the end.\n");
    Kernel compiled = kernel;
    if (compiled != null) {
      text.append("// kernel: ").append(compiled.toString().replace("\n", "\n//   ")).append('\n');
    }
    int at = 0;
    for (Placed placed : inputs) {
      text.append("// read: %s, %s\n".formatted(words(placed.operand()), placed.words()));
      text.append(array("x" + at++, placed.values())).append('\n');
    }
    Operand target = output;
    if (target != null) {
      text.append("// written: ").append(words(target)).append('\n');
    }
    return text.toString();
  }

  private static String words(Operand operand) {
    return "%s %s, strides %s, offset %d"
        .formatted(
            operand.dtype().shortName(),
            operand.shape(),
            Arrays.toString(operand.layout().strides()),
            operand.layout().offset());
  }

  /** The elements in row-major order. */
  private static String array(String name, Values values) {
    int shown = Math.min(values.size(), SHOWN);
    String elements =
        IntStream.range(0, shown)
            .mapToObj(i -> element(values, i))
            .collect(Collectors.joining(", "));
    String rest =
        shown < values.size() ? " /* and %d more */".formatted(values.size() - shown) : "";
    return "%s[] %s = {%s%s};"
        .formatted(values.isFloating() ? "double" : "long", name, elements, rest);
  }

  private static String element(Values values, int i) {
    if (!values.isFloating()) {
      return values.whole(i) + "L";
    }
    double value = values.real(i);
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return Double.toString(value);
  }
}
