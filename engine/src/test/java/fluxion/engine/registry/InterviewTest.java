package fluxion.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of providers that go wrong. */
final class InterviewTest {
  private static Found<Operator> ask(Supplier<FunctionProvider> maker) {
    return Interview.ask(new OperatorService(), Fakes.Functions.class, maker, null);
  }

  private static void assertRefused(String refusal, Supplier<FunctionProvider> maker) {
    Found<Operator> found = ask(maker);
    assertEquals(refusal, found.refusal());
    assertFalse(found.isUsed());
    assertEquals(0, found.offers().size());
  }

  @Test
  void a_good_provider_is_taken_with_its_name_and_module() {
    Found<Operator> found = ask(() -> Fakes.Functions.of("a"));
    assertTrue(found.isUsed());
    assertEquals("fake operators", found.name());
    assertEquals("fluxion.engine", found.module());
  }

  @Test
  void a_constructor_that_throws_is_a_refusal_under_the_name_of_the_class() {
    Supplier<FunctionProvider> maker =
        () -> {
          throw new IllegalStateException("no licence\nwith details");
        };
    assertRefused("IllegalStateException: no licence", maker);
    assertEquals(Fakes.Functions.class.getName(), ask(maker).name());
  }

  @Test
  void another_version_of_the_spi_is_refused_and_both_are_named() {
    assertRefused(
        "was compiled for version 7 of the SPI, and this engine speaks version 2; use a release of"
            + " the plugin for version 2 or an engine that speaks version 7",
        () -> new Fakes.Functions(7, "later", List::of));
  }

  @Test
  void a_provider_of_another_version_is_not_asked_for_more() {
    assertTrue(
        ask(() ->
                new Fakes.Functions(
                    7,
                    "later",
                    () -> {
                      throw new AbstractMethodError();
                    }))
            .refusal()
            .startsWith("was compiled for version 7"));
  }

  @Test
  void a_provider_without_a_name_is_refused() {
    assertRefused(
        "name() gave no name", () -> new Fakes.Functions(SpiVersion.CURRENT, " ", List::of));
    assertRefused(
        "name() gave no name", () -> new Fakes.Functions(SpiVersion.CURRENT, null, List::of));
  }

  @Test
  void a_list_that_throws_is_a_refusal() {
    assertRefused(
        "AssertionError: table",
        () ->
            Fakes.Functions.listing(
                () -> {
                  throw new AssertionError("table");
                }));
    assertRefused(
        "StackOverflowError",
        () ->
            Fakes.Functions.listing(
                () -> {
                  throw new StackOverflowError();
                }));
  }

  @Test
  void nothing_on_offer_is_said() {
    assertRefused("offers no operator", () -> Fakes.Functions.listing(List::of));
    assertEquals(
        "offers no device: no driver",
        Interview.ask(
                new DeviceService(),
                Fakes.Devices.class,
                () -> new Fakes.Devices(List.of(), "no driver", Fakes::backend),
                null)
            .refusal());
    assertEquals(
        "devices() lists 'cpu' twice",
        Interview.ask(
                new DeviceService(),
                Fakes.Devices.class,
                () -> Fakes.Devices.of("cpu", "cpu:0"),
                null)
            .refusal());
  }
}
