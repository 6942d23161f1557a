package fluxion.conformance;

import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests that a backend vendor inherits.
 *
 * {@snippet :
 * class MyBackendTest implements BackendConformance {
 *   @Override
 *   public BackendProvider provider() {
 *     return new MyBackend();
 *   }
 * }
 * }
 *
 * <p>Each device of the provider is held to the rules {@code B-…} of the specification, and the
 * provider itself to the rules {@code P-…}: one container a rule, one test a case. What the device
 * declares not to support, and what could not be tried, is aborted with the reason and never green.
 */
public interface BackendConformance {
  /** {@return the provider whose devices are tested} */
  BackendProvider provider();

  /** {@return how the suite is run} */
  default Settings settings() {
    return Settings.DEFAULT;
  }

  /** {@return the tests, one container a rule} */
  @TestFactory
  default Stream<DynamicNode> rules() {
    return DynamicChecks.of(Suites.of(provider(), settings()), settings());
  }
}
