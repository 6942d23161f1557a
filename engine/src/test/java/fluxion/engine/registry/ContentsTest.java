package fluxion.engine.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of the contents changes when plugins come and go. */
final class ContentsTest {
  private final Object source = new Object();
  private final Contents empty = Contents.of(Providers.NONE, Map.of());

  private Found<DeviceOffer> device() {
    return Interview.askMade(new DeviceService(), Fakes.Devices.of("cpu"), source);
  }

  private Found<Operator> operator() {
    return Interview.askMade(new OperatorService(), Fakes.Functions.of("twist"), source);
  }

  @Test
  void a_device_that_comes_and_goes_unlinks_no_call() {
    Contents more = empty.with(Providers.ofBackends(List.of(device())));
    assertTrue(more.hasOperatorsOf(empty));
    assertTrue(more.without(source).hasOperatorsOf(empty));
  }

  @Test
  void operators_that_come_or_go_unlink_calls() {
    Contents more = empty.with(Providers.ofFunctions(List.of(operator())));
    assertFalse(more.hasOperatorsOf(empty));
    assertFalse(more.without(source).hasOperatorsOf(more));
  }

  @Test
  void a_preference_unlinks_calls() {
    assertFalse(empty.preferring("twist", "acme").hasOperatorsOf(empty));
  }
}
