package fluxion.conformance;

import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests that an operator author inherits.
 *
 * {@snippet :
 * class MyOperatorsTest implements FunctionConformance {
 *   @Override
 *   public FunctionProvider provider() {
 *     return new MyOperators();
 *   }
 * }
 * }
 *
 * <p>Each operator of the provider is held to the rules {@code F-…} of the specification, and the
 * provider itself to the rules {@code P-…}: one container a rule, one test a case. Operators are
 * called by name on their samples. A provider that the engine finds is tried as it was found;
 * another is handed to the engine for as long as it is tried.
 *
 * <p>What an operator declares not to support, and what could not be tried, is aborted with the
 * reason and never green.
 */
public interface FunctionConformance {
  /** {@return the provider whose operators are tested} */
  FunctionProvider provider();

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
