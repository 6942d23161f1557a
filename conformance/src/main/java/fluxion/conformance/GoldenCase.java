package fluxion.conformance;

import fluxion.api.Device;

/**
 * One recorded call of PyTorch, which can be repeated here.
 *
 * <p>{@link #run(Device)} calls the operator by name. What is compared depends on the {@link
 * #kind}; the tolerances are those of {@link GoldenData}. A case is independent of all others and
 * may be run again.
 */
public interface GoldenCase {
  /** What a case compares. */
  enum Kind {
    /**
     * Results in float64 (or with integers), gradients for recorded cotangents, and results in
     * float32.
     */
    VALUES,
    /** Gradients of gradients, in float64. */
    SECOND_ORDER,
    /** That a wrong call throws a FluxionException whose message contains the recorded one. */
    ERROR
  }

  /** {@return what is compared} */
  Kind kind();

  /** {@return the case's name, such as {@code add.005}; unique within its kind} */
  String id();

  /** {@return the operator as PyTorch names it, such as {@code nn.functional.relu}} */
  String operator();

  /** {@return what came of it on the device {@code cpu}; see {@link #run(Device)}} */
  default Verdict run() {
    return run(Device.CPU);
  }

  /**
   * {@return what came of it on a device: a missing operator, or a form of call that Fluxion lacks,
   * is not run}
   *
   * @param device where the inputs are made, and so where is computed
   */
  Verdict run(Device device);
}
