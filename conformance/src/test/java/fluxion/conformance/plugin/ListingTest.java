package fluxion.conformance.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.spi.Call;
import fluxion.conformance.Suites;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A provider that does not say what it offers stops no suite, and is no pass. */
final class ListingTest {
  private static final Settings HASTY = Settings.DEFAULT.withLimit(Duration.ofMillis(100));

  private record Provider(Supplier<List<Operator>> lister) implements FunctionProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "acme";
    }

    @Override
    public List<Operator> operators() {
      return lister.get();
    }
  }

  private static Listing<Operator> listing(Supplier<List<Operator>> lister) {
    return Listing.of(PluginSubject.of(new Provider(lister)), Operator.class, HASTY);
  }

  private static Operator operator(String name) {
    return Operator.named(name).overload("(Tensor self)", Call.Unary.class, self -> self);
  }

  @Test
  void what_is_listed_is_given_without_gaps() {
    Listing<Operator> listing = listing(() -> Arrays.asList(operator("f"), null, operator("g")));
    assertEquals(List.of("f", "g"), listing.offers().stream().map(Operator::name).toList());
    assertEquals(List.of(), listing.failures());
    assertEquals(List.of(), listing(() -> null).offers());
  }

  private static void assertFails(String clue, Supplier<List<Operator>> lister) {
    Provider provider = new Provider(lister);
    // also where only rules about functions were chosen
    List<Check> checks = Suites.of(provider, HASTY.withRules("F-*"));
    assertEquals(
        List.of("P-301 fluxion.conformance: operators(), before anything on offer is tried"),
        checks.stream().map(Check::id).toList());
    Verdict verdict = new Runner(HASTY).run(checks.getFirst()).verdict();
    assertEquals(Verdict.Kind.FAIL, verdict.kind());
    assertTrue(verdict.reason().contains(clue), verdict::reason);
  }

  @Test
  void a_list_that_throws_is_a_check_that_fails() {
    assertFails(
        "no licence",
        () -> {
          throw new IllegalStateException("no licence");
        });
    assertFails(
        "StackOverflowError",
        () -> {
          throw new StackOverflowError();
        });
  }

  @Test
  void a_list_that_never_comes_is_a_check_that_fails() {
    CountDownLatch never = new CountDownLatch(1);
    assertFails(
        "it did not end within 0.1 s",
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of(operator("f"));
        });
  }

  @Test
  void a_provider_is_not_asked_where_only_rules_about_plugins_were_chosen() {
    Provider provider =
        new Provider(
            () -> {
              throw new IllegalStateException("no licence");
            });
    List<Check> checks = Suites.of(provider, HASTY.withRules("P-201"));
    assertEquals(
        List.of("P-201 fluxion.conformance: spiVersion()"),
        checks.stream().map(Check::id).toList());
  }
}
