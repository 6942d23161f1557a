package fluxion.conformance.golden;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.FormatException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all kinds of recorded cases have in common. */
abstract class Recorded implements GoldenCase {
  /** Says what a case found wrong. */
  static final class Difference extends Exception {
    private static final long serialVersionUID = 1L;

    Difference(String message) {
      super(message, null, false, false);
    }
  }

  /** What the case's line says. */
  final Map<String, @Nullable Object> fields;

  /** The call. */
  final RecordedCall call;

  Recorded(Map<String, @Nullable Object> fields) {
    this.fields = fields;
    this.call = RecordedCall.of(fields);
    Json.string(fields.get("id"));
    Json.string(fields.get("op"));
  }

  @Override
  public String id() {
    return Json.string(fields.get("id"));
  }

  @Override
  public String operator() {
    return Json.string(fields.get("op"));
  }

  @Override
  public final Verdict run(Device device) {
    if (!call.isIndexing() && !Ops.names().contains(call.operator())) {
      return Verdict.notRun("operator '" + call.operator() + "' is missing");
    }
    try {
      compare(device);
      return Verdict.PASS;
    } catch (Unsupported e) {
      return Verdict.notRun(e.getMessage() + " is not supported");
    } catch (Difference e) {
      return Verdict.fail(e.getMessage() + remark());
    } catch (FormatException e) {
      throw e;
    } catch (DTypeException e) {
      return lacking(device, e)
          .map(Verdict::unsupported)
          .orElseGet(() -> Verdict.fail("the call threw " + e + place(e)));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return Verdict.fail("the call threw " + e + place(e));
    }
  }

  /** What an error about a dtype says if it names one that the device does not have. */
  static Optional<String> lacking(Device device, DTypeException error) {
    for (DType dtype : DType.values()) {
      Pattern name = Pattern.compile("\\b" + dtype.shortName() + "\\b");
      if (name.matcher(String.valueOf(error.getMessage())).find() && !holds(device, dtype)) {
        return Optional.of("the device '" + device + "' has no " + dtype.shortName());
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Device device, DType dtype) {
    try {
      Tensors.zeros(TensorOptions.of(dtype).device(device), 0);
      return true;
    } catch (DTypeException e) {
      return false;
    }
  }

  /** Runs the call on a device and compares. */
  abstract void compare(Device device) throws Difference, Unsupported;

  private static String place(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private String remark() {
    return "differs".equals(fields.get("numeric"))
        ? " (a kink, a tie or an ill-conditioned point: the recorded convention is compared)"
        : "";
  }

  /** Throws if a found tensor differs from the recorded one. */
  static void require(String what, Numbers recorded, Tensor found, Tolerance tolerance)
      throws Difference {
    Optional<String> difference = tolerance.difference(recorded, found);
    if (difference.isPresent()) {
      throw new Difference(what + ": " + difference.get());
    }
  }

  /** Throws unless a gradient that PyTorch did not give is absent or zero here, too. */
  static void requireNone(String what, @Nullable Tensor found) throws Difference {
    if (found != null) {
      for (double value : found.toDoubleArray()) {
        if (value != 0) {
          throw new Difference(what + ": found " + value + ", recorded none");
        }
      }
    }
  }

  /** The names in an array, null where there is none. */
  static List<@Nullable Object> names(@Nullable Object value) {
    return value == null ? List.of() : Json.array(value);
  }

  /** The kind, the name and the function. */
  @Override
  public String toString() {
    return kind() + " " + id() + " " + call.function();
  }
}
