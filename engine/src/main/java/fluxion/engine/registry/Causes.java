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

  /** What the service loader says of a provider, and what to do. */
  private static String remedied(String message) {
    if (message.endsWith("not found")) {
      return message
          + "; the jar is damaged or names a class that it does not hold: build it again";
    }
    if (message.endsWith("not public") || message.contains("not have public access")) {
      return message + "; make the class public";
    }
    if (message.contains("no-arg constructor") || message.contains("public constructor")) {
      return message + "; give it a public constructor without parameters";
    }
    if (message.contains("not a subtype")) {
      return message + "; it implements another copy of the interface or none";
    }
    return message;
  }

  /** What was thrown, and what to do where that is known. */
  static String describe(Throwable thrown) {
    Throwable root = root(thrown);
    String text = root.getMessage() == null ? "" : root.getMessage();
    String message = text.lines().findFirst().orElse("").strip();
    if (root instanceof ServiceConfigurationError) {
      // the JDK's message begins with the service, which the reader knows
      return remedied(message.substring(message.indexOf(": ") + 1).strip());
    }
    if (root instanceof FluxionException && !message.isEmpty()) {
      return message;
    }
    String name = root.getClass().getSimpleName();
    if (root instanceof UnsupportedClassVersionError) {
      return name
          + ": "
          + message
          + "; use a build of the plugin for Java "
          + Runtime.version().feature()
          + " without preview features, or a JVM for which it was built";
    }
    if (root instanceof IllegalCallerException && message.contains("native access")) {
      String module = message.replaceFirst(".* module ([\\w.]+).*", "$1");
      return name
          + ": "
          + message
          + "; start the program with --enable-native-access="
          + (module.equals(message) ? "MODULE" : module);
    }
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

  /**
   * What is said of a provider that did not answer.
   *
   * @param type its class
   * @param stack what its thread was doing
   */
  static String silence(Class<?> type, StackTraceElement[] stack) {
    String where = "";
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals(type.getName())) {
        where = " in " + frame.getClassName() + "." + frame.getMethodName();
        break;
      }
    }
    return "did not answer within "
        + Long.getLong(Asking.PATIENCE, 10_000)
        + " ms: it is stuck"
        + where
        + "; a provider must be quick to make and to ask, so leave slow work to the first call (or"
        + " allow more with -D"
        + Asking.PATIENCE
        + "=MILLISECONDS)";
  }

  private static boolean isClassName(String text) {
    return !text.isEmpty() && text.indexOf(' ') < 0;
  }
}
