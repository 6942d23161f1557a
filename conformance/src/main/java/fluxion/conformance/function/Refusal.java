package fluxion.conformance.function;

import fluxion.api.FluxionException;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What came of a call that may be refused. */
final class Refusal {
  private final @Nullable List<Tensor> results;
  private final @Nullable FluxionException thrown;

  private Refusal(@Nullable List<Tensor> results, @Nullable FluxionException thrown) {
    this.results = results;
    this.thrown = thrown;
  }

  /**
   * Calls.
   *
   * @param what the call in words
   * @param call the call
   * @throws AssertionError if it throws anything but a {@link FluxionException} with a message
   */
  static Refusal of(String what, Callable<List<Tensor>> call) {
    try {
      return new Refusal(call.call(), null);
    } catch (FluxionException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError(what + " was refused without a word: " + described(e), e);
      }
      return new Refusal(null, e);
    } catch (Exception | Error e) {
      throw new AssertionError(
          what + " threw " + described(e) + ", where only a FluxionException may be thrown", e);
    }
  }

  /** What was thrown, and where. */
  static String described(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return thrown + (stack.length == 0 ? "" : " at " + stack[0]);
  }

  /** Whether the call was refused. */
  boolean isRefused() {
    return thrown != null;
  }

  /** The results; none if the call was refused. */
  List<Tensor> results() {
    return results == null ? List.of() : results;
  }

  /** The kind of refusal, or the empty text. */
  String kind() {
    return thrown == null ? "" : thrown.getClass().getSimpleName();
  }

  /** The words of the refusal, or the empty text. */
  String message() {
    return thrown == null ? "" : String.valueOf(thrown.getMessage());
  }

  /**
   * Asks that the call was refused in words that name something.
   *
   * @param what the call in words
   * @param names of which the message must contain one, in any case
   */
  void requireNaming(String what, List<String> names) {
    if (thrown == null) {
      throw new AssertionError(what + " was not refused");
    }
    requireUseful(what, names);
  }

  /** Asks that a refusal, if there was one, names something. */
  void requireUseful(String what, List<String> names) {
    String words = message().toLowerCase(Locale.ROOT);
    if (thrown != null
        && names.stream().noneMatch(name -> words.contains(name.toLowerCase(Locale.ROOT)))) {
      throw new AssertionError(
          what + " was refused with '" + message() + "', which names none of " + names);
    }
  }
}
