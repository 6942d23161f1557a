package fluxion.engine.registry;

import fluxion.api.DType;
import fluxion.api.PluginException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Signature;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** Functional interfaces as forms of call: their one method, and whether a signature fits it. */
final class CallForm {
  private static final ClassValue<Method> METHODS =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> call) {
          return find(call);
        }
      };

  private CallForm() {}

  /**
   * The one method of a functional interface.
   *
   * @throws PluginException if it is none
   */
  static Method method(Class<?> call) {
    return METHODS.get(call);
  }

  private static Method find(Class<?> call) {
    Method found = null;
    for (Method method : call.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !isObjects(method)) {
        if (found != null && !sameCall(found, method)) {
          throw new PluginException(call.getName() + " is no functional interface");
        }
        if (found == null || !method.isBridge()) {
          found = method;
        }
      }
    }
    if (!call.isInterface() || found == null) {
      throw new PluginException(call.getName() + " is no functional interface");
    }
    return found;
  }

  /** Whether every object has the method, so that it does not count. */
  private static boolean isObjects(Method method) {
    // looked for here: what the JDK says of a method that is not there takes long to put together
    for (Method own : Object.class.getMethods()) {
      if (own.getName().equals(method.getName())
          && Arrays.equals(own.getParameterTypes(), method.getParameterTypes())) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameCall(Method one, Method other) {
    return one.getName().equals(other.getName())
        && one.getParameterCount() == other.getParameterCount();
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  /**
   * Checks that an overload can be called as its signature says.
   *
   * @throws PluginException if it cannot, with the reason
   */
  static void check(Operator.Overload<?> overload) {
    Signature signature = overload.signature();
    Class<?> call = overload.call();
    try {
      Method method = method(call);
      if (!call.isInstance(overload.implementation())) {
        throw new PluginException("its implementation is no " + call.getName());
      }
      Class<?> result = method.getReturnType();
      if (!isOneOf(result, Tensor.class, Tensor[].class)) {
        throw new PluginException(
            call.getName() + " gives " + result.getSimpleName() + ", not Tensor or Tensor[]");
      }
      check(signature.parameters(), method);
      if (!isPublic(call) || !call.getModule().isExported(call.getPackageName())) {
        throw new PluginException(
            call.getName()
                + " is not public in an exported package, so that nothing can be called by name"
                + " through it");
      }
    } catch (PluginException e) {
      throw new PluginException(
          "operator '" + signature.name() + "', overload " + signature + ": " + e.getMessage(), e);
    }
  }

  private static void check(List<Signature.Parameter> parameters, Method method) {
    Class<?>[] types = method.getParameterTypes();
    String form = method.getDeclaringClass().getName();
    if (types.length != parameters.size()) {
      throw new PluginException(
          "it has " + parameters.size() + " parameters, " + form + " has " + types.length);
    }
    for (int i = 0; i < types.length; i++) {
      Signature.Parameter parameter = parameters.get(i);
      if (!fits(parameter.type(), types[i])) {
        throw new PluginException(
            "parameter '" + parameter + "' is " + types[i].getSimpleName() + " in " + form);
      }
      if (parameter.optional() && types[i].isPrimitive()) {
        throw new PluginException(
            "parameter '"
                + parameter
                + "' may be absent, but "
                + types[i].getSimpleName()
                + " in "
                + form
                + " cannot be null");
      }
      if (parameter.defaultText() != null) {
        checkDefault(parameter, types[i]);
      }
    }
  }

  private static void checkDefault(Signature.Parameter parameter, Class<?> type) {
    try {
      Arguments.convert(Arguments.defaultOf(parameter), parameter, type);
    } catch (Unfit | RuntimeException e) {
      throw new PluginException("the default of parameter '" + parameter + "' does not fit it", e);
    }
  }

  private static boolean fits(Signature.Type parameter, Class<?> type) {
    return switch (parameter) {
      case TENSOR -> isOneOf(type, Tensor.class);
      case TENSORS, OPTIONAL_TENSORS -> isOneOf(type, Tensor[].class);
      case SCALAR -> isOneOf(type, Scalar.class);
      case INT ->
          type == int.class || type == long.class || isOneOf(type, Integer.class, Long.class);
      case INTS -> isOneOf(type, int[].class, long[].class);
      case INT_LISTS -> isOneOf(type, long[][].class);
      case OPTIONAL_INTS -> isOneOf(type, Long[].class);
      case FLOATS -> isOneOf(type, double[].class);
      case FLOAT -> type == double.class || isOneOf(type, Double.class);
      case BOOL -> type == boolean.class || isOneOf(type, Boolean.class);
      case STRING -> isOneOf(type, String.class);
      case DTYPE -> isOneOf(type, DType.class);
    };
  }

  /** Whether a variable of a type can hold one of some classes. */
  private static boolean isOneOf(Class<?> type, Class<?>... classes) {
    for (Class<?> candidate : classes) {
      if (type.isAssignableFrom(candidate)) {
        return true;
      }
    }
    return false;
  }
}
