package fluxion.conformance.golden;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.FormatException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A wrong call and the message that it must give. */
final class ErrorCase extends Recorded {
  ErrorCase(Map<String, @Nullable Object> fields) {
    super(fields);
    Json.string(fields.get("message"));
  }

  @Override
  public Kind kind() {
    return Kind.ERROR;
  }

  @Override
  void compare(Device device) throws Difference, Unsupported {
    String expected = Json.string(fields.get("message"));
    List<Tensor> results;
    try {
      results = call.run(device, object -> tensor(device, object));
    } catch (FormatException e) {
      throw e;
    } catch (FluxionException e) {
      if (e instanceof DTypeException dtype && lacking(device, dtype).isPresent()) {
        throw e;
      }
      String found = String.valueOf(e.getMessage());
      if (!found.contains(expected)) {
        throw new Difference("found the message '%s', recorded '%s'".formatted(found, expected));
      }
      return;
    }
    if (!isRefusedLater(results)) {
      throw new Difference(
          "found %d results, recorded the error '%s'".formatted(results.size(), expected));
    }
  }

  /**
   * Whether reading the results refuses an index: a device that works on while the program goes on
   * finds it then, and says so in words of its own.
   */
  private static boolean isRefusedLater(List<Tensor> results) {
    try {
      results.forEach(Numbers::of);
      return false;
    } catch (IndexException e) {
      return true;
    }
  }

  private static Tensor tensor(Device device, Map<String, @Nullable Object> object) {
    DType dtype = DType.of(Json.string(object.get("dtype")));
    boolean zeros = object.containsKey("zeros");
    Shape shape = Shape.of(Json.longs(object.get(zeros ? "zeros" : "shape")));
    int count = Math.toIntExact(shape.numel());
    double[] floats = new double[dtype.isFloatingPoint() ? count : 0];
    long[] integers = new long[dtype.isFloatingPoint() ? 0 : count];
    if (!zeros) {
      List<@Nullable Object> values = Json.array(object.get("values"));
      for (int i = 0; i < count; i++) {
        Object value = values.get(i);
        if (dtype.isFloatingPoint()) {
          floats[i] = floating(value);
        } else {
          integers[i] = integral(value);
        }
      }
    }
    return new Numbers(dtype, shape, floats, integers).tensor(device);
  }

  private static double floating(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case Map<?, ?> map -> RecordedCall.number(Json.string(map.get("float")));
      case null, default -> throw new FormatException("'" + value + "' is no element");
    };
  }

  private static long integral(@Nullable Object value) {
    return switch (value) {
      case Long number -> number;
      case Boolean truth -> truth ? 1 : 0;
      case null, default -> throw new FormatException("'" + value + "' is no element");
    };
  }
}
