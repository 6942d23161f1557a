package fluxion.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.conformance.Verdict;
import fluxion.conformance.faulty.Fault;
import fluxion.conformance.faulty.Gallery;
import fluxion.conformance.fuzz.FuzzTargets;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code --fuzz} makes of a device that is wrong, and of one that is right. */
final class FuzzUnitTest {
  private final List<Event> told = new ArrayList<>();

  private FuzzUnit unit(Device device, Duration time) {
    return new FuzzUnit(new Fuzzed(Optional.of(device), Set.of()), time, told::add);
  }

  private static Result run(FuzzUnit unit, String target) {
    Check check =
        unit.checks().stream().filter(one -> one.name().equals(target)).findFirst().orElseThrow();
    Settings settings = Settings.DEFAULT;
    return new Runner(settings.withLimit(unit.limit(settings.limit()))).run(check);
  }

  private static BackendProvider provider(String name) {
    Fault fault =
        Gallery.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    return (BackendProvider) fault.plugin().get();
  }

  @Test
  void each_target_has_a_rule_of_its_own_that_reports_know() {
    List<Check> checks = unit(Device.CPU, Duration.ofMinutes(1)).checks();
    assertEquals(FuzzTargets.names(), checks.stream().map(Check::name).toList());
    assertEquals(
        List.of("X-001", "X-002", "X-003", "X-004", "X-005", "X-006", "X-007"),
        checks.stream().map(check -> check.rule().id()).toList());
    assertThrows(IllegalArgumentException.class, () -> OwnRules.fuzzed("weather"));
  }

  @Test
  void a_wrong_device_fails_with_the_formula_and_with_java_that_shows_it() {
    try (Registration registration = Registration.of(provider("division-by-reciprocal"))) {
      assertEquals("", registration.refusal());
      Result result = run(unit(Device.of("faulty"), Duration.ofSeconds(140)), "kernels");
      assertEquals(Verdict.Kind.FAIL, result.verdict().kind(), result.verdict().reason());
      assertTrue(result.verdict().reason().contains("from the seed 0"), result.verdict().reason());
      assertTrue(
          result.reproducer().contains("FuzzTargets.named(\"kernels\", Device.of(\"faulty\")"),
          result.reproducer());
    }
  }

  @Test
  void a_pass_says_how_much_was_tried() {
    Result result = run(unit(Device.CPU, Duration.ofSeconds(9)), "signatures");
    assertEquals(Verdict.Kind.PASS, result.verdict().kind(), result.verdict().reason());
    assertTrue(
        result.verdict().reason().matches("[1-9][0-9,]* inputs in 1 s, and nothing was found"),
        result.verdict().reason());
    Event.Trying far = (Event.Trying) told.getLast();
    assertTrue(far.inputs() > 0 && far.percent() > 50 && far.percent() <= 100, told.toString());
  }

  @Test
  void checks_may_take_their_share_of_the_time_and_more() {
    Duration usual = Duration.ofSeconds(5);
    FuzzUnit unit = unit(Device.CPU, Duration.ofMinutes(70));
    assertTrue(unit.limit(usual).compareTo(Duration.ofMinutes(10).plus(usual)) > 0);
  }

  @Test
  void without_a_device_the_cpu_is_fuzzed() {
    assertEquals(List.of(Device.CPU), new Fuzzed(Optional.empty(), Set.of()).devices());
    assertEquals(
        List.of(Device.CPU), new Fuzzed(Optional.empty(), Set.of("acme.operators")).devices());
  }
}
