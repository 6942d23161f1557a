package fluxion.conformance.plugin;

import fluxion.conformance.suite.NotRun;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Makes providers anew, as the service loader would. */
final class Maker {
  private Maker() {}

  /**
   * One more provider of the subject's class.
   *
   * @throws NotRun if the kit cannot make one
   * @throws AssertionError if making it fails
   */
  static Candidate another(PluginSubject subject) {
    Candidate candidate = subject.candidate();
    try {
      ServiceLoader.Provider<?> declared = declared(candidate);
      return candidate.with(declared == null ? construct(candidate) : declared.get());
    } catch (ServiceConfigurationError e) {
      throw failed(candidate, e.getCause() == null ? e : e.getCause());
    }
  }

  private static AssertionError failed(Candidate candidate, Throwable cause) {
    return new AssertionError(
        "making a " + candidate.type().getName() + " threw " + Thrown.describe(cause), cause);
  }

  /** The service loader's entry for the subject's class, or null if it has none. */
  static ServiceLoader.@Nullable Provider<?> declared(Candidate candidate) {
    Class<?> type = candidate.type();
    Iterator<? extends ServiceLoader.Provider<?>> providers = loader(candidate);
    String before = "";
    while (true) {
      try {
        if (!providers.hasNext()) {
          return null;
        }
        ServiceLoader.Provider<?> provider = providers.next();
        if (provider.type() == type || makes(provider, type)) {
          return provider;
        }
      } catch (ServiceConfigurationError e) {
        // somebody else's; the loader goes on, unless it says the same again
        String message = String.valueOf(e.getMessage());
        if (message.equals(before)) {
          return null;
        }
        before = message;
      }
    }
  }

  private static Iterator<? extends ServiceLoader.Provider<?>> loader(Candidate candidate) {
    Class<?> type = candidate.type();
    ModuleLayer layer = type.getModule().getLayer();
    boolean operators = candidate.service() == FunctionProvider.class;
    if (layer == null) {
      return operators
          ? ServiceLoader.load(FunctionProvider.class, type.getClassLoader()).stream().iterator()
          : ServiceLoader.load(BackendProvider.class, type.getClassLoader()).stream().iterator();
    }
    return operators
        ? ServiceLoader.load(layer, FunctionProvider.class).stream().iterator()
        : ServiceLoader.load(layer, BackendProvider.class).stream().iterator();
  }

  /** Whether a static method, whose declared type says less, gives a provider of the class. */
  private static boolean makes(ServiceLoader.Provider<?> provider, Class<?> type) {
    return provider.type() != type
        && provider.type().isAssignableFrom(type)
        && provider.get().getClass() == type;
  }

  /** What keeps the service loader from making a provider with a constructor; empty if nothing. */
  static String obstacle(Class<?> type) {
    if (type.isAnonymousClass() || type.isLocalClass() || type.isHidden()) {
      return "is a class inside of a method";
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      return "is an inner class";
    }
    if (!Modifier.isPublic(type.getModifiers())) {
      return "is not public";
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return "is abstract";
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 0) {
        return Modifier.isPublic(constructor.getModifiers())
            ? ""
            : "has a constructor without parameters that is not public";
      }
    }
    return "has no constructor without parameters";
  }

  private static Object construct(Candidate candidate) {
    Class<?> type = candidate.type();
    String obstacle = obstacle(type);
    if (!obstacle.isEmpty()) {
      throw NotRun.because(
          "the kit cannot make another provider: " + type.getName() + " " + obstacle);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw failed(candidate, e.getCause() == null ? e : e.getCause());
    } catch (LinkageError e) {
      throw failed(candidate, e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw NotRun.because("the kit cannot make another provider: " + e);
    }
  }
}
