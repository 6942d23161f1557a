package fluxion.conformance.plugin;

import fluxion.api.ArgumentException;
import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.suite.NotRun;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.Objects;

/**
 * One thing that a subject offers, under a name that nobody else has: so it can come and go without
 * touching the plugin that the engine may have found by itself.
 *
 * @param disguise offers it
 * @param name the other name
 */
record Mirror(Disguise disguise, String name) {
  /** Begins the names. */
  static final String PREFIX = "conformance_probe_";

  /**
   * The first thing on offer, under another name.
   *
   * @throws NotRun if nothing is on offer
   */
  static Mirror of(PluginSubject subject) {
    Candidate candidate = subject.candidate();
    List<?> offers = Objects.requireNonNullElse(candidate.list(), List.of());
    if (offers.isEmpty()) {
      throw NotRun.because(
          subject.name() + " offers no " + candidate.noun() + ": " + candidate.unavailable());
    }
    return switch (Objects.requireNonNull(offers.getFirst())) {
      case Operator operator ->
          of(candidate, renamed(operator, PREFIX + operator.name()), PREFIX + operator.name());
      case Device device ->
          of(candidate, Device.of(PREFIX + device.type()), PREFIX + device.type());
      default -> throw new AssertionError(candidate.listing() + " lists something else");
    };
  }

  private static Mirror of(Candidate candidate, Object offer, String name) {
    return new Mirror(Disguise.of(candidate).listing(() -> List.of(offer)), name);
  }

  private static Operator renamed(Operator operator, String name) {
    Operator renamed = Operator.named(name);
    for (Operator.Overload<?> overload : operator.overloads()) {
      renamed = with(renamed, overload);
    }
    return renamed;
  }

  private static <F> Operator with(Operator operator, Operator.Overload<F> overload) {
    String signature = overload.signature().toString();
    return operator.overload(
        signature.substring(signature.indexOf('(')), overload.call(), overload.implementation());
  }

  /** What is said when it is used: the empty text if it is there. */
  String complaint() {
    return complaint(disguise.candidate(), name);
  }

  /**
   * What is said when something is used: the empty text if it is there.
   *
   * @param candidate of which kind it is
   * @param name its name
   */
  static String complaint(Candidate candidate, String name) {
    try {
      if (candidate instanceof Candidate.Devices) {
        Tensors.zeros(TensorOptions.DEFAULT.device(Device.of(name)), 1);
      } else {
        // no signature takes such an argument, so that nothing is computed
        Ops.call(name, new Object());
      }
      return "";
    } catch (ArgumentException e) {
      return "";
    } catch (FluxionException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
