package fluxion.engine.registry;

import fluxion.api.FluxionException;
import java.util.ServiceConfigurationError;

/** Says in a line what went wrong in a plugin. */
final class Causes {
  private Causes() {}

  /**
   * Throws on what says that the JVM cannot go on; whatever else a plugin throws is its own affair
   * and must not stop others.
   */
  static void letJvmsPass(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      throw error;
    }
  }

  /** What was thrown, without the wrappers around it. */
  static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null
        && (root instanceof ServiceConfigurationError
            || root instanceof ExceptionInInitializerError)) {
      root = root.getCause();
    }
    return root;
  }

  /** What was thrown, and what to do where that is known. */
  static String describe(Throwable thrown) {
    Throwable root = root(thrown);
    String text = root.getMessage() == null ? "" : root.getMessage();
    String message = text.lines().findFirst().orElse("").strip();
    if (root instanceof ServiceConfigurationError) {
      // the JDK's message begins with the service, which the reader knows
      return message.substring(message.indexOf(": ") + 1).strip();
    }
    if (root instanceof FluxionException && !message.isEmpty()) {
      return message;
    }
    String name = root.getClass().getSimpleName();
    if (root instanceof NoClassDefFoundError && isClassName(message)) {
      return "needs class "
          + message.replace('/', '.')
          + ", which is not there ("
          + name
          + "); add the jar that has it";
    }
    if (root instanceof IncompatibleClassChangeError) {
      return name
          + ": "
          + message
          + "; it was compiled against another version of what it uses: use releases that go"
          + " together";
    }
    return message.isEmpty() ? name : name + ": " + message;
  }

  private static boolean isClassName(String text) {
    return !text.isEmpty() && text.indexOf(' ') < 0;
  }
}
