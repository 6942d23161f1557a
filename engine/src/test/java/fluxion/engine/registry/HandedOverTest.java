package fluxion.engine.registry;

import static fluxion.engine.registry.Fakes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.spi.Call;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.SpiVersion;
import fluxion.engine.tape.OpenDevice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers that are handed to a registry instead of being found. */
final class HandedOverTest {
  private final Fakes.Finds finds = new Fakes.Finds();
  private final Registry registry = new Registry(finds);
  private final Object source = new Object();

  private Object call(String name) {
    return registry.call(name, List.of(TENSOR), Map.of());
  }

  private String missing(String name) {
    return assertThrows(PluginException.class, () -> call(name)).getMessage();
  }

  private Plugin fake() {
    return registry.list().stream()
        .filter(plugin -> plugin.kind() != Plugin.Kind.ENGINE)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void operators_that_are_handed_over_are_called_and_listed() {
    assertEquals("", registry.register(Fakes.Functions.of("twist"), source));
    assertSame(TENSOR, call("twist"));
    assertSame(TENSOR, registry.link("twist", Call.Unary.class).apply(TENSOR));
    assertEquals("fluxion.engine", fake().module());
    assertEquals(List.of("twist"), fake().offers());
    assertTrue(fake().isFullyUsable());
  }

  @Test
  void what_was_found_as_a_service_stays() {
    finds.operators(null, "acme", Fakes.Functions.of("turn"));
    registry.register(Fakes.Functions.of("twist"), source);
    assertSame(TENSOR, call("turn"));
    registry.withdraw(source);
    assertSame(TENSOR, call("turn"));
  }

  @Test
  void what_was_withdrawn_fails_and_names_its_module() {
    registry.register(Fakes.Functions.of("twist"), source);
    registry.withdraw(source);
    String message = missing("twist");
    assertTrue(message.startsWith("operator 'twist' is missing: fluxion.engine"), message);
    assertTrue(message.contains(", which provided it, was withdrawn."), message);
    assertFalse(registry.names().contains("twist"));
  }

  @Test
  void what_was_withdrawn_may_come_back() {
    registry.register(Fakes.Functions.of("twist"), source);
    registry.withdraw(source);
    assertEquals("", registry.register(Fakes.Functions.of("twist"), new Object()));
    assertSame(TENSOR, call("twist"));
  }

  @Test
  void withdrawing_twice_or_what_never_came_changes_nothing() {
    registry.register(Fakes.Functions.of("twist"), source);
    registry.withdraw(source);
    Object again = new Object();
    registry.register(Fakes.Functions.of("twist"), again);
    registry.withdraw(source);
    registry.withdraw(new Object());
    assertSame(TENSOR, call("twist"));
  }

  @Test
  void only_the_provider_that_is_withdrawn_goes() {
    registry.register(Fakes.Functions.of("twist"), source);
    registry.register(Fakes.Functions.of("turn"), new Object());
    registry.withdraw(source);
    assertSame(TENSOR, call("turn"));
    missing("twist");
  }

  @Test
  void a_name_that_is_taken_is_nobodys_and_the_error_names_both_modules() {
    finds.operators(null, "acme", Fakes.Functions.of("twist"));
    // the provider itself is taken: only the name is in dispute
    assertEquals("", registry.register(Fakes.Functions.of("twist", "turn"), source));
    assertEquals(
        "operator 'twist' is offered by modules acme and fluxion.engine; choose one with"
            + " -Dfluxion.prefer=twist=acme or with Plugins.prefer",
        missing("twist"));
    assertSame(TENSOR, call("turn"));
    registry.withdraw(source);
    assertSame(TENSOR, call("twist"));
  }

  @Test
  void another_version_of_the_spi_is_refused_with_the_reason() {
    String refusal =
        registry.register(new Fakes.Functions(SpiVersion.CURRENT + 1, "later", List::of), source);
    assertTrue(
        refusal.startsWith("was compiled for version " + (SpiVersion.CURRENT + 1) + " of the SPI"),
        refusal);
    assertEquals(refusal, fake().refusal());
    assertEquals(List.of(), fake().offers());
  }

  static Stream<Throwable> everything_that_a_plugin_may_throw() {
    return Stream.of(
        new IllegalStateException("no licence"),
        new AssertionError("no licence"),
        new NoSuchMethodError("no licence"),
        new StackOverflowError("no licence"),
        new Error("no licence"),
        new IOException("no licence"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static <T> Supplier<T> throwing(Throwable thrown) {
    return () -> {
      HandedOverTest.<RuntimeException>sneak(thrown);
      throw new AssertionError("unreachable");
    };
  }

  @ParameterizedTest
  @MethodSource("everything_that_a_plugin_may_throw")
  void whatever_a_list_throws_is_a_refusal(Throwable thrown) {
    String refusal = registry.register(Fakes.Functions.listing(throwing(thrown)), source);
    assertTrue(refusal.contains(thrown.getClass().getSimpleName()), refusal);
    assertTrue(refusal.contains("no licence"), refusal);
    assertEquals("", registry.register(Fakes.Functions.of("twist"), new Object()));
    assertSame(TENSOR, call("twist"));
  }

  @ParameterizedTest
  @MethodSource("everything_that_a_plugin_may_throw")
  void whatever_a_device_throws_while_it_is_opened_is_an_error_about_the_device(Throwable thrown) {
    registry.register(new Fakes.Devices(List.of(Device.CPU), "", throwing(thrown)), source);
    DeviceException e = assertThrows(DeviceException.class, () -> registry.device(Device.CPU));
    assertTrue(e.getMessage().startsWith("device 'cpu' of module fluxion.engine"), e.getMessage());
    assertTrue(e.getMessage().contains("no licence"), e.getMessage());
    assertSame(thrown, e.getCause());
  }

  @Test
  void a_jvm_without_memory_is_not_the_plugins_affair() {
    OutOfMemoryError full = new OutOfMemoryError("pretended");
    assertSame(
        full,
        assertThrows(
            OutOfMemoryError.class,
            () -> registry.register(Fakes.Functions.listing(throwing(full)), source)));
    // nothing was changed
    assertEquals(1, registry.list().size());
  }

  @Test
  void a_device_that_is_handed_over_is_opened_and_goes_with_its_provider() {
    assertEquals("", registry.register(Fakes.Devices.of("cpu"), source));
    OpenDevice before = registry.device(Device.CPU);
    registry.withdraw(source);
    DeviceException e = assertThrows(DeviceException.class, () -> registry.device(Device.CPU));
    assertTrue(e.getMessage().contains(", which provided it, was withdrawn."), e.getMessage());
    registry.register(Fakes.Devices.of("cpu"), source);
    assertNotSame(before, registry.device(Device.CPU));
  }

  @Test
  void a_device_that_is_taken_is_nobodys() {
    finds.devices(null, "acme", Fakes.Devices.of("cpu"));
    registry.register(Fakes.Devices.of("cpu"), source);
    PluginException e = assertThrows(PluginException.class, () -> registry.device(Device.CPU));
    assertTrue(
        e.getMessage().startsWith("device 'cpu' is offered by modules acme and fluxion.engine;"),
        e.getMessage());
  }

  @Test
  void a_provider_cannot_hand_over_another_while_it_is_asked() {
    String refusal =
        registry.register(
            Fakes.Functions.listing(
                () -> {
                  registry.register(Fakes.Functions.of("turn"), new Object());
                  return List.of(Fakes.operator("twist"));
                }),
            source);
    assertTrue(refusal.startsWith("plugins are being looked for; a provider must not"), refusal);
    missing("turn");
  }

  // ---- what a container brings

  private static Brought<FunctionProvider> brought(
      Supplier<FunctionProvider> maker, Object source) {
    return new Brought<>("acme.Twists", maker, "acme.twists", "1.2", source);
  }

  @Test
  void what_a_container_brings_is_listed_under_the_name_that_the_container_gives_it() {
    registry.bring(brought(() -> Fakes.Functions.of("twist"), source), null);
    assertSame(TENSOR, call("twist"));
    assertEquals("acme.twists", fake().module());
    assertEquals("1.2", fake().version());
    registry.withdraw(source);
    assertTrue(
        missing("twist").contains("acme.twists 1.2, which provided it, was withdrawn"),
        missing("twist"));
  }

  @Test
  void what_a_container_cannot_make_is_refused_with_the_reason() {
    registry.bring(
        brought(
            () -> {
              throw new IllegalStateException("no licence");
            },
            source),
        null);
    assertEquals("acme.Twists", fake().name());
    assertEquals("IllegalStateException: no licence", fake().refusal());
    registry.withdraw(source);
    assertEquals(1, registry.list().size());
  }

  @Test
  void where_a_container_brings_plugins_services_are_forgotten_and_not_looked_for() {
    finds.operators(null, "acme", Fakes.Functions.of("turn"));
    assertSame(TENSOR, call("turn"));
    registry.searchNothing();
    assertTrue(missing("turn").startsWith("operator 'turn' is missing"), missing("turn"));
    Registry fresh = new Registry(finds);
    fresh.searchNothing();
    assertEquals(1, fresh.list().size());
  }
}
