package fluxion.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a device made of a program with what the reference made of it.
 *
 * <p>How far floats may differ the reference itself says: it runs the program several times more,
 * with rounding errors added. What does not change then must be met bit for bit (all NaNs and both
 * zeros are equal); what changes may differ by a multiple of that; and where integers, truth
 * values, NaN or infinities change, nothing is decided.
 */
final class Comparison {
  private static final double SLACK = 8;

  private final Program program;
  private final Outcome tested;
  private final Outcome reference;
  private final List<Outcome> disturbed;

  /**
   * Takes what is compared.
   *
   * @param program the program
   * @param tested what the device under test made of it
   * @param reference what the reference made of it
   * @param disturbed what the reference makes of it with rounding errors
   */
  Comparison(Program program, Outcome tested, Outcome reference, List<Outcome> disturbed) {
    this.program = program;
    this.tested = tested;
    this.reference = reference;
    this.disturbed = disturbed;
  }

  /** What is wrong, if something is. */
  Optional<String> difference() {
    Outcome.Refusal found = tested.refusal();
    if (found != null && !found.isClean()) {
      return Optional.of(found + ", which is no FluxionException");
    }
    if (!sameCourse()) {
      return Optional.empty();
    }
    for (int i = 0; i < Math.min(tested.values().size(), reference.values().size()); i++) {
      Optional<String> difference = value(i);
      if (difference.isPresent()) {
        return difference;
      }
    }
    Outcome.Refusal expected = reference.refusal();
    if (expected == null ? found != null : found == null || !found.isLike(expected)) {
      return Optional.of(
          (found == null ? "it ran to its end" : found.toString())
              + "; on the reference "
              + (expected == null ? "it ran to its end" : expected.toString()));
    }
    for (int i = 0; i < tested.gradients().size(); i++) {
      Optional<String> difference = gradient(i);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** Whether rounding errors leave open neither refusals nor shapes. */
  private boolean sameCourse() {
    Outcome.Refusal expected = reference.refusal();
    for (Outcome other : disturbed) {
      Outcome.Refusal refusal = other.refusal();
      if (expected == null ? refusal != null : refusal == null || !refusal.isLike(expected)) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> value(int i) {
    List<Elements> others = disturbed.stream().map(outcome -> outcome.values().get(i)).toList();
    String name = "t" + i + " = " + program.statements().get(i).java();
    return compare(name, tested.values().get(i), reference.values().get(i), others);
  }

  private Optional<String> gradient(int i) {
    Elements found = tested.gradients().get(i);
    Elements expected = reference.gradients().get(i);
    String name = "the gradient of t" + i;
    if (found == null || expected == null) {
      return found == expected
          ? Optional.empty()
          : Optional.of(
              name + (found == null ? " is missing" : " is there, and not on the reference"));
    }
    List<Elements> others = new ArrayList<>();
    for (Outcome outcome : disturbed) {
      @Nullable Elements other = outcome.gradients().get(i);
      if (other != null) {
        others.add(other);
      }
    }
    return compare(name, found, expected, others);
  }

  private static Optional<String> compare(
      String name, Elements found, Elements expected, List<Elements> others) {
    if (!found.kind().equals(expected.kind())) {
      return Optional.of(
          name + " is " + found.kind() + "; on the reference it is " + expected.kind());
    }
    for (int i = 0; i < found.count(); i++) {
      double allowed = allowed(expected, others, i);
      if (!agrees(found, expected, i, allowed)) {
        return Optional.of(
            "%s: element %s is %s; on the reference it is %s%s"
                .formatted(
                    name,
                    found.place(i),
                    found.text(i),
                    expected.text(i),
                    allowed == 0 ? ", and nothing in it is rounded" : ", give or take " + allowed));
      }
    }
    return Optional.empty();
  }

  private static boolean agrees(Elements found, Elements expected, int i, double allowed) {
    if (!found.isFloat()) {
      return found.integer(i) == expected.integer(i) || allowed > 0;
    }
    double a = found.real(i);
    double b = expected.real(i);
    // equal infinities have no difference
    return a == b
        || (Double.isNaN(a) && Double.isNaN(b))
        || allowed == Double.POSITIVE_INFINITY
        || Math.abs(a - b) <= allowed;
  }

  /** How far an element may be off; infinitely if nothing is decided. */
  private static double allowed(Elements expected, List<Elements> others, int i) {
    double most = 0;
    for (Elements other : others) {
      most = Math.max(most, distance(expected, other, i));
    }
    if (most == 0 || most == Double.POSITIVE_INFINITY) {
      return most;
    }
    double own = Rounding.unit(expected.dtype()) * Math.abs(expected.real(i));
    return SLACK * (most + own + Rounding.smallest(expected.dtype()));
  }

  private static double distance(Elements expected, Elements other, int i) {
    if (!expected.isFloat()) {
      return expected.integer(i) == other.integer(i) ? 0 : Double.POSITIVE_INFINITY;
    }
    double a = expected.real(i);
    double b = other.real(i);
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return 0;
    }
    double distance = Math.abs(a - b);
    return Double.isFinite(distance) ? distance : Double.POSITIVE_INFINITY;
  }
}
