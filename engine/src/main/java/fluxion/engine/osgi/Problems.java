package fluxion.engine.osgi;

import java.lang.reflect.InvocationTargetException;

/** What goes wrong when a provider is made by reflection, as if it had been made without. */
final class Problems {
  private Problems() {}

  /**
   * {@return what to throw}
   *
   * @throws Error if that is what the provider threw
   */
  static RuntimeException thrown(ReflectiveOperationException problem) {
    Throwable cause =
        problem instanceof InvocationTargetException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return switch (cause) {
      case Error error -> throw error;
      case RuntimeException exception -> exception;
      default -> new IllegalStateException(cause);
    };
  }
}
