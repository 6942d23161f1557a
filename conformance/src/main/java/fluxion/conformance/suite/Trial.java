package fluxion.conformance.suite;

import fluxion.api.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** One run of a check: what it measures, and its source of random numbers. */
public final class Trial {
  /**
   * How far one result was from the exact value.
   *
   * @param operator what was computed
   * @param dtype in which dtype
   * @param ulps the distance in units in the last place of the exact value
   * @param budget how far it may be; NaN if that is not said
   */
  public record Measured(String operator, DType dtype, double ulps, double budget) {}

  private final Check check;
  private final Settings settings;
  private final List<Measured> errors = new ArrayList<>();
  private String remark = "";
  private volatile Supplier<String> reproducer = () -> "";

  /**
   * Makes a run.
   *
   * @param check the check
   * @param settings how the suite is run
   */
  Trial(Check check, Settings settings) {
    this.check = check;
    this.settings = settings;
  }

  /** {@return how the suite is run} */
  public Settings settings() {
    return settings;
  }

  /**
   * {@return random numbers that follow from the suite's seed and the check's id, the same anew}
   */
  public SplittableRandom random() {
    return new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + check.id().hashCode());
  }

  /**
   * Takes a measured error, for the report's plots.
   *
   * @param operator what was computed
   * @param dtype in which dtype
   * @param ulps the distance in units in the last place of the exact value
   */
  public void error(String operator, DType dtype, double ulps) {
    error(operator, dtype, ulps, Double.NaN);
  }

  /**
   * Takes a measured error and what was allowed, for the report's plots.
   *
   * @param operator what was computed
   * @param dtype in which dtype
   * @param ulps the distance in units in the last place of the exact value
   * @param budget how far it may be, in the same units
   */
  public void error(String operator, DType dtype, double ulps, double budget) {
    errors.add(new Measured(operator, dtype, ulps, budget));
  }

  /**
   * Takes Java that shows the failure, for the report: a program on the public API alone that
   * prints what was found, or, of a primitive, its operands.
   *
   * @param java the statements
   */
  public void reproducer(String java) {
    reproducer(() -> java);
  }

  /**
   * Takes what writes such statements once the check has failed.
   *
   * @param java gives the statements, or the empty text if there are none; called on another thread
   *     if the check does not end
   */
  public void reproducer(Supplier<String> java) {
    reproducer = java;
  }

  /**
   * Takes what there is to say if the check passes, such as how much was tried.
   *
   * @param text a sentence without its full stop
   */
  public void remark(String text) {
    remark = text;
  }

  List<Measured> errors() {
    return errors;
  }

  String reproducer() {
    return reproducer.get();
  }

  String remark() {
    return remark;
  }
}
