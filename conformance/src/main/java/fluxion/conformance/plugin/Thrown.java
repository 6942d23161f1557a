package fluxion.conformance.plugin;

import org.jspecify.annotations.Nullable;

/** Says in a line what was thrown, and asks what might throw. */
final class Thrown {
  /** A question that may throw anything. */
  interface Question<T extends @Nullable Object> {
    T ask() throws Throwable;
  }

  private Thrown() {}

  /** Class and message, as {@code IllegalStateException: no licence}. */
  static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }

  /**
   * An answer.
   *
   * @param what what was asked, for the message
   * @param question asks it
   * @throws AssertionError if the question throws
   */
  static <T extends @Nullable Object> T answer(String what, Question<T> question) {
    try {
      return question.ask();
    } catch (Throwable e) {
      if (e instanceof OutOfMemoryError full) {
        throw full;
      }
      StackTraceElement[] stack = e.getStackTrace();
      throw new AssertionError(
          what + " threw " + describe(e) + (stack.length == 0 ? "" : " at " + stack[0]), e);
    }
  }
}
