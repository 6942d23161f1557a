package fluxion.engine.registry;

import fluxion.api.ArgumentException;
import fluxion.api.PluginException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Signature;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls an operator with arguments as its signatures say: the first that takes them. */
final class Binder {
  private Binder() {}

  /**
   * The result of a call by name: a tensor, or an array of tensors.
   *
   * @param operator the operator
   * @param module whose it is, for messages
   * @param arguments the positional arguments
   * @param named further arguments by name
   * @throws ArgumentException if no signature takes the arguments
   */
  static Object call(
      Operator operator,
      String module,
      List<? extends @Nullable Object> arguments,
      Map<String, ?> named) {
    List<String> reasons = new ArrayList<>();
    for (Operator.Overload<?> overload : operator.overloads()) {
      Method method = CallForm.method(overload.call());
      @Nullable Object[] bound;
      try {
        bound = bind(overload.signature(), method.getParameterTypes(), arguments, named);
      } catch (Unfit e) {
        reasons.add(overload.signature() + ": " + e.getMessage());
        continue;
      }
      return invoke(overload, method, module, bound);
    }
    throw new ArgumentException(
        operator.name()
            + "() received an invalid combination of arguments - got "
            + Arguments.describe(arguments, named)
            + ", but expected one of:\n * "
            + String.join("\n * ", reasons));
  }

  private static @Nullable Object[] bind(
      Signature signature,
      Class<?>[] types,
      List<? extends @Nullable Object> arguments,
      Map<String, ?> named)
      throws Unfit {
    List<Signature.Parameter> parameters = signature.parameters();
    long positional = parameters.stream().filter(p -> !p.keywordOnly()).count();
    if (arguments.size() > positional) {
      throw new Unfit("takes " + positional + " positional arguments, got " + arguments.size());
    }
    for (String name : named.keySet()) {
      if (parameters.stream().noneMatch(p -> p.name().equals(name))) {
        throw new Unfit("has no parameter '" + name + "'");
      }
    }
    @Nullable Object[] bound = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Signature.Parameter parameter = parameters.get(i);
      Object given;
      if (i < arguments.size()) {
        given = arguments.get(i);
        if (named.containsKey(parameter.name())) {
          throw new Unfit("parameter '" + parameter.name() + "' is given twice");
        }
      } else if (named.containsKey(parameter.name())) {
        given = named.get(parameter.name());
      } else if (parameter.defaultText() != null) {
        given = Arguments.defaultOf(parameter);
      } else {
        throw new Unfit("parameter '" + parameter.name() + "' is missing");
      }
      bound[i] = Arguments.convert(given, parameter, types[i]);
    }
    return bound;
  }

  private static Object invoke(
      Operator.Overload<?> overload, Method method, String module, @Nullable Object[] bound) {
    Object result;
    try {
      result = method.invoke(overload.implementation(), bound);
    } catch (InvocationTargetException e) {
      throw rethrown(Objects.requireNonNullElse(e.getCause(), e), overload, module);
    } catch (IllegalAccessException e) {
      throw new PluginException(overload.call().getName() + " cannot be called by name", e);
    }
    if (result instanceof Tensor || result instanceof Tensor[]) {
      return result;
    }
    throw new PluginException(
        what(overload, module)
            + " gave "
            + (result == null ? "null" : result.getClass().getName())
            + " instead of a tensor");
  }

  /** What a failed call throws: its own error, but one about missing classes names the plugin. */
  private static RuntimeException rethrown(
      Throwable thrown, Operator.Overload<?> overload, String module) {
    if (thrown instanceof RuntimeException e) {
      return e;
    }
    if (thrown instanceof Error e && !(e instanceof LinkageError)) {
      throw e;
    }
    return new PluginException(
        what(overload, module) + " failed: " + Causes.describe(thrown), thrown);
  }

  private static String what(Operator.Overload<?> overload, String module) {
    return "operator '" + overload.signature().name() + "' of module " + module;
  }
}
