package fluxion.tests.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.Ops;
import fluxion.conformance.FunctionConformance;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No operator escapes the kit. */
final class EveryOperatorTest {
  private static final List<FunctionConformance> TESTS =
      List.of(new BasicOperatorsTest(), new NnOperatorsTest(), new EngineOperatorsTest());

  @Test
  void every_operator_of_the_registry_is_held_to_the_kit() {
    Set<String> tested = new TreeSet<>();
    for (FunctionConformance test : TESTS) {
      test.provider().operators().stream().map(Operator::name).forEach(tested::add);
    }
    assertEquals(new TreeSet<>(Ops.names()), tested);
  }

  @Test
  void every_provider_on_the_path_has_its_test() {
    Set<String> tested =
        TESTS.stream()
            .map(test -> test.provider().getClass().getName())
            .collect(Collectors.toSet());
    for (FunctionProvider provider : Providers.all()) {
      assertEquals(true, tested.contains(provider.getClass().getName()), provider.name());
    }
  }
}
