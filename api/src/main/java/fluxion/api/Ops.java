package fluxion.api;

import fluxion.api.spi.Engines;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls operators by name, also those that this program was never compiled against.
 *
 * {@snippet :
 * Tensor y = Ops.call("leaky_relu", x, 0.1);
 * }
 */
public final class Ops {
  private Ops() {}

  /**
   * {@return the result of an operator that gives one tensor}
   *
   * @param name the operator's name
   * @param arguments what its signature says: tensors, numbers, booleans, strings, dtypes, lists
   * @throws PluginException if no plugin provides the operator
   * @throws ArgumentException if no signature of the operator takes these arguments
   */
  public static Tensor call(String name, @Nullable Object... arguments) {
    return call(name, Arrays.asList(arguments), Map.of());
  }

  /**
   * {@return the result of an operator that gives one tensor}
   *
   * @param name the operator's name
   * @param arguments the positional arguments
   * @param named further arguments by name
   * @throws PluginException if no plugin provides the operator
   * @throws ArgumentException if no signature of the operator takes these arguments, or it gives
   *     several tensors
   */
  public static Tensor call(
      String name, List<? extends @Nullable Object> arguments, Map<String, ?> named) {
    Object result = Engines.current().operators().call(name, arguments, named);
    if (result instanceof Tensor tensor) {
      return tensor;
    }
    if (result instanceof Tensor[] several && several.length == 1) {
      return several[0];
    }
    throw new ArgumentException(
        "operator '" + name + "' gives several tensors; use Ops.callAll for it");
  }

  /**
   * {@return the results of an operator, one or several}
   *
   * @param name the operator's name
   * @param arguments the positional arguments
   * @param named further arguments by name
   * @throws PluginException if no plugin provides the operator
   * @throws ArgumentException if no signature of the operator takes these arguments
   */
  public static List<Tensor> callAll(
      String name, List<? extends @Nullable Object> arguments, Map<String, ?> named) {
    Object result = Engines.current().operators().call(name, arguments, named);
    return result instanceof Tensor tensor ? List.of(tensor) : List.of((Tensor[]) result);
  }

  /** {@return the names of all operators that there are, in order} */
  public static List<String> names() {
    return Engines.current().operators().names();
  }
}
