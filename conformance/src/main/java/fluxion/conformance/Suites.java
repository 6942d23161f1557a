package fluxion.conformance;

import fluxion.api.Device;
import fluxion.conformance.backend.BackendRules;
import fluxion.conformance.backend.BackendSubject;
import fluxion.conformance.function.FunctionRules;
import fluxion.conformance.function.OperatorSubject;
import fluxion.conformance.plugin.Listing;
import fluxion.conformance.plugin.PluginRules;
import fluxion.conformance.plugin.PluginSubject;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;

/** The checks that the rules yield for a plugin, in an order that settings and plugin fix. */
public final class Suites {
  private Suites() {}

  /**
   * {@return the checks of the rules about backends and plugins for a provider of devices}
   *
   * @param provider the provider
   * @param settings which rules, and how they are run
   */
  public static List<Check> of(BackendProvider provider, Settings settings) {
    PluginSubject plugin = PluginSubject.of(provider);
    List<Check> checks = plugin(plugin, settings);
    if (!BackendRules.BOOK.isChosen(settings)) {
      return checks;
    }
    Listing<Device> devices = Listing.of(plugin, Device.class, settings);
    checks.addAll(devices.failures());
    for (Device device : devices.offers()) {
      checks.addAll(
          BackendRules.BOOK.checks(
              device.toString(), new BackendSubject(provider, device, settings), settings));
    }
    return checks;
  }

  /**
   * {@return the checks of the rules about functions and plugins for a provider of operators}
   *
   * <p>With little effort the further names that an operator has ({@link Operator#aliasOf}) are
   * left out: they lead to the same implementations.
   *
   * @param provider the provider
   * @param settings which rules, and how they are run
   */
  public static List<Check> of(FunctionProvider provider, Settings settings) {
    PluginSubject plugin = PluginSubject.of(provider);
    List<Check> checks = plugin(plugin, settings);
    if (!FunctionRules.BOOK.isChosen(settings)) {
      return checks;
    }
    Listing<Operator> operators = Listing.of(plugin, Operator.class, settings);
    checks.addAll(operators.failures());
    for (Operator operator : operators.offers()) {
      if (settings.effort() == Settings.Effort.QUICK && repeats(operator, operators.offers())) {
        continue;
      }
      checks.addAll(
          FunctionRules.BOOK.checks(
              operator.name(),
              new OperatorSubject(provider, operators.offers(), operator, settings),
              settings));
    }
    return checks;
  }

  /** Whether an operator is, to the last overload, another of these under a further name. */
  private static boolean repeats(Operator operator, List<Operator> operators) {
    try {
      List<?> implementations = implementations(operator);
      return operator.aliasOf() != null
          && operators.stream()
              .filter(other -> other.name().equals(operator.aliasOf()))
              .anyMatch(other -> implementations(other).equals(implementations));
    } catch (RuntimeException | LinkageError e) {
      return false; // an operator that cannot be put together is left to the rules
    }
  }

  private static List<?> implementations(Operator operator) {
    return operator.overloads().stream().map(Operator.Overload::implementation).toList();
  }

  private static List<Check> plugin(PluginSubject subject, Settings settings) {
    return new ArrayList<>(PluginRules.BOOK.checks(subject.name(), subject, settings));
  }
}
