package fluxion.api.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators that plugins have brought, by name. */
public interface OperatorTable {
  /**
   * {@return an operator's implementation}
   *
   * @param <F> the functional interface of the call
   * @param name the operator's name
   * @param call the functional interface; it tells overloads apart
   * @throws fluxion.api.PluginException if no plugin provides the operator, or none with this call
   */
  <F> F link(String name, Class<F> call);

  /**
   * Calls an operator by name, with arguments as its signature says.
   *
   * @param name the operator's name
   * @param arguments positional arguments: tensors, numbers, booleans, strings, dtypes, lists
   * @param named further arguments by name
   * @return the result: a tensor, or an array of tensors
   * @throws fluxion.api.PluginException if no plugin provides the operator
   * @throws fluxion.api.ArgumentException if no signature of the operator takes these arguments
   */
  Object call(String name, List<? extends @Nullable Object> arguments, Map<String, ?> named);

  /** {@return the names of all operators, in order} */
  List<String> names();
}
