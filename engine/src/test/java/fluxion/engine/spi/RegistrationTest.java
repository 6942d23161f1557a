package fluxion.engine.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.Plugins;
import fluxion.api.spi.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Providers handed to the engine in use. */
final class RegistrationTest {
  private record Functions(int spiVersion, String name, List<Operator> operators)
      implements FunctionProvider {
    static Functions of(String... names) {
      return new Functions(
          SpiVersion.CURRENT,
          "handed over",
          List.of(names).stream()
              .map(name -> Operator.named(name).overload("(Tensor self)", Call.Unary.class, x -> x))
              .toList());
    }
  }

  private record Devices(List<Device> devices) implements BackendProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "handed over";
    }

    @Override
    public Backend open(Device device) {
      throw new IllegalStateException("never opened");
    }
  }

  private static List<Plugin> handedOver() {
    return Plugins.list().stream().filter(plugin -> plugin.name().equals("handed over")).toList();
  }

  @Test
  void operators_are_there_until_the_registration_is_closed() {
    try (Registration registration = Registration.of(Functions.of("twist", "turn"))) {
      assertEquals("", registration.refusal());
      assertEquals(List.of("twist", "turn"), handedOver().getFirst().offers());
      assertTrue(Ops.names().contains("twist"));
    }
    assertEquals(List.of(), handedOver());
    assertFalse(Ops.names().contains("twist"));
    PluginException e = assertThrows(PluginException.class, () -> Ops.call("twist", 1));
    assertTrue(e.getMessage().contains("which provided it, was withdrawn."), e.getMessage());
  }

  @Test
  void devices_are_there_until_the_registration_is_closed() {
    try (Registration registration = Registration.of(new Devices(List.of(Device.of("mill:1"))))) {
      assertEquals("", registration.refusal());
      assertEquals(List.of("mill:1"), handedOver().getFirst().offers());
    }
    assertEquals(List.of(), handedOver());
  }

  @Test
  void closing_twice_does_nothing_more() {
    Registration first = Registration.of(Functions.of("twist"));
    first.close();
    try (Registration second = Registration.of(Functions.of("twist"))) {
      first.close();
      assertEquals("", second.refusal());
      assertTrue(Ops.names().contains("twist"));
    }
  }

  @Test
  void a_refused_provider_says_why_and_is_listed_until_it_is_closed() {
    try (Registration registration = Registration.of(new Functions(1, "handed over", List.of()))) {
      assertTrue(
          registration.refusal().startsWith("was compiled for version 1 of the SPI"),
          registration.refusal());
      assertTrue(Plugins.list().stream().anyMatch(p -> p.refusal().equals(registration.refusal())));
    }
    assertTrue(Plugins.list().stream().allMatch(Plugin::isFullyUsable));
  }

  @Test
  void a_provider_that_offers_nothing_is_refused() {
    try (Registration none = Registration.of(Functions.of());
        Registration noDevice = Registration.of(new Devices(List.of()))) {
      assertEquals("offers no operator", none.refusal());
      assertEquals("offers no device", noDevice.refusal());
    }
  }
}
