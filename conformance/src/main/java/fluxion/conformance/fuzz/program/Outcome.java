package fluxion.conformance.fuzz.program;

import fluxion.api.FluxionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device made of a program.
 *
 * @param values the tensors, one for each statement that ran, as they are in the end
 * @param gradients the gradient of each statement's tensor; null where there is none
 * @param refusal what stopped it, or null if it ran to its end
 */
record Outcome(
    List<Elements> values, List<@Nullable Elements> gradients, @Nullable Refusal refusal) {
  /**
   * What stopped a program.
   *
   * @param where the statement, or "backward"
   * @param thrown what was thrown
   */
  record Refusal(String where, Throwable thrown) {
    /** Whether it is an error as a user may meet it. */
    boolean isClean() {
      return thrown instanceof FluxionException && thrown.getMessage() != null;
    }

    boolean isLike(Refusal other) {
      return where.equals(other.where) && thrown.getClass() == other.thrown.getClass();
    }

    @Override
    public String toString() {
      return where + " threw " + thrown;
    }
  }
}
