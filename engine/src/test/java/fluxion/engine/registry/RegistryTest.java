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
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.engine.tape.OpenDevice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a registry answers, and how that changes when plugins come and go. */
final class RegistryTest {
  private final Fakes.Finds finds = new Fakes.Finds();
  private final Registry registry = new Registry(finds);
  private final ModuleLayer layer = Fakes.layer();

  private Object call(String name) {
    return registry.call(name, List.of(TENSOR), Map.of());
  }

  private String missing(String name) {
    return assertThrows(PluginException.class, () -> call(name)).getMessage();
  }

  private Plugin plugin(String module) {
    return registry.list().stream()
        .filter(p -> p.module().equals(module))
        .findFirst()
        .orElseThrow();
  }

  // ---- operators

  @Test
  void an_operator_is_called_by_name_and_linked_by_its_call() {
    finds.operators(null, "acme", Fakes.Functions.of("twist"));
    assertSame(TENSOR, call("twist"));
    assertSame(TENSOR, registry.link("twist", Call.Unary.class).apply(TENSOR));
    assertTrue(registry.names().contains("twist"));
    assertTrue(registry.operators().stream().anyMatch(o -> o.name().equals("twist")));
  }

  @Test
  void the_wrong_call_says_how_the_operator_can_be_called() {
    finds.operators(null, "acme", Fakes.Functions.of("twist"));
    PluginException e =
        assertThrows(PluginException.class, () -> registry.link("twist", Call.Binary.class));
    assertEquals(
        "operator 'twist' cannot be called as fluxion.api.spi.Call$Binary; it can be as"
            + " twist(Tensor self)",
        e.getMessage());
  }

  @Test
  void an_operator_is_put_together_when_it_is_first_called() {
    AtomicInteger made = new AtomicInteger();
    finds.operators(
        null,
        "acme",
        Fakes.Functions.listing(
            () ->
                Catalogue.of(
                    table -> {
                      if (table.has("twist")) {
                        made.incrementAndGet();
                        table.add(Fakes.operator("twist"));
                      }
                    })));
    assertTrue(registry.names().contains("twist"));
    assertTrue(plugin("acme").isFullyUsable());
    assertEquals(0, made.get());
    assertSame(TENSOR, call("twist"));
    assertSame(TENSOR, registry.link("twist", Call.Unary.class).apply(TENSOR));
    assertEquals(1, made.get());
  }

  @Test
  void an_operator_that_cannot_be_put_together_says_whose_it_is() {
    finds.operators(
        null,
        "acme",
        Fakes.Functions.listing(
            () ->
                Catalogue.of(
                    table -> {
                      if (table.has("twist")) {
                        throw new IllegalStateException("no thread left");
                      }
                      if (table.has("turn")) {
                        table.add(Operator.named("turn"));
                      }
                    })));
    assertEquals(
        "operator 'twist' of module acme 1.0 cannot be used: IllegalStateException: no thread left",
        missing("twist"));
    assertEquals(
        "operator 'turn' of module acme 1.0 cannot be used: operator 'turn' has no overload, so"
            + " nothing can call it",
        missing("turn"));
  }

  @Test
  void a_missing_operator_says_what_there_is_and_what_to_do() {
    finds.operators(null, "acme", Fakes.Functions.of("twist"));
    assertEquals(
        "operator 'twits' is missing: no module on the path provides it. Did you mean 'twist'?"
            + " There are: fluxion.engine (7 operators), acme (1 operator). Add the jar of a module"
            + " that provides it to the module path.",
        missing("twits"));
  }

  @Test
  void a_missing_operator_names_the_plugins_that_were_refused() {
    finds.operators(
        null,
        "acme.broken",
        () -> {
          throw new IllegalStateException("no licence");
        });
    assertTrue(
        missing("twist").contains("Refused: acme.broken 1.0 (IllegalStateException: no licence)."),
        missing("twist"));
  }

  // ---- plugins that come and go

  @Test
  void the_plugins_of_a_layer_come_and_go() {
    finds.operators(layer, "acme", Fakes.Functions.of("twist"));
    missing("twist");
    registry.add(layer);
    assertSame(TENSOR, call("twist"));
    registry.remove(layer);
    assertTrue(
        missing("twist")
            .startsWith(
                "operator 'twist' is missing: acme 1.0, which provided it, was withdrawn."));
    registry.add(layer);
    assertSame(TENSOR, call("twist"));
  }

  @Test
  void a_layer_added_twice_counts_once() {
    finds.operators(layer, "acme", Fakes.Functions.of("twist"));
    registry.add(layer);
    registry.add(layer);
    assertSame(TENSOR, call("twist"));
    assertEquals(2, registry.list().size());
  }

  @Test
  void the_engines_own_layer_need_not_be_added_and_cannot_be_removed() {
    finds.operators(null, "acme", Fakes.Functions.of("twist"));
    registry.add(ModuleLayer.boot());
    registry.remove(ModuleLayer.boot());
    registry.remove(layer);
    assertSame(TENSOR, call("twist"));
  }

  @Test
  void a_failure_while_plugins_are_looked_for_is_not_kept() {
    AtomicInteger searches = new AtomicInteger();
    Registry failing =
        new Registry(
            new Finder() {
              @Override
              public List<Found<fluxion.engine.spi.Operator>> operators(ModuleLayer where) {
                if (searches.getAndIncrement() == 0) {
                  throw new OutOfMemoryError("pretended");
                }
                return List.of();
              }

              @Override
              public List<Found<DeviceOffer>> devices(ModuleLayer where) {
                return List.of();
              }

              @Override
              public List<Found<AcceleratorOffer>> accelerators(ModuleLayer where) {
                return List.of();
              }

              @Override
              public boolean isHome(ModuleLayer where) {
                return false;
              }
            });
    assertThrows(OutOfMemoryError.class, failing::names);
    assertEquals(7, failing.names().size());
    assertEquals(2, searches.get());
  }

  @Test
  void a_provider_that_calls_operators_while_it_is_made_is_refused() {
    finds.operators(
        null,
        "acme.eager",
        () -> {
          registry.names();
          return Fakes.Functions.of("twist");
        });
    assertTrue(
        plugin("acme.eager").refusal().startsWith("plugins are being looked for; a provider must"));
  }

  // ---- clashes

  @Test
  void a_name_that_two_modules_offer_is_nobodys_and_the_error_names_both() {
    finds
        .operators(null, "acme", Fakes.Functions.of("twist", "turn"))
        .operators(null, "rival", Fakes.Functions.of("twist"));
    assertEquals(
        "operator 'twist' is offered by modules acme and rival; choose one with"
            + " -Dfluxion.prefer=twist=acme or with Plugins.prefer",
        missing("twist"));
    assertSame(TENSOR, call("turn"));
    assertFalse(registry.operators().stream().anyMatch(o -> o.name().equals("twist")));
    assertEquals(
        "'twist' is offered also by rival, so that no module has it; choose with"
            + " -Dfluxion.prefer=twist=acme",
        plugin("acme").refusal());
  }

  @Test
  void a_preferred_module_has_the_name() {
    finds
        .operators(null, "acme", Fakes.Functions.of("twist"))
        .operators(null, "rival", Fakes.Functions.of("twist"));
    registry.prefer("twist", "rival");
    assertSame(TENSOR, call("twist"));
    assertTrue(registry.list().stream().allMatch(Plugin::isFullyUsable));
  }

  @Test
  void preferring_a_module_that_does_not_offer_the_name_does_not_choose() {
    finds
        .operators(null, "acme", Fakes.Functions.of("twist"))
        .operators(null, "rival", Fakes.Functions.of("twist"));
    registry.prefer("twist", "third");
    assertTrue(
        missing("twist")
            .startsWith(
                "operator 'twist' is offered by modules acme and rival, and not by third, which was"
                    + " preferred; choose one with"),
        missing("twist"));
  }

  @Test
  void two_providers_of_one_module_cannot_be_told_apart() {
    finds
        .operators(null, "acme", Fakes.Functions.of("twist"))
        .operators(null, "acme", Fakes.Functions.of("twist"));
    assertEquals(
        "operator 'twist' is offered by several providers of module acme (fake operators in acme"
            + " 1.0, fake operators in acme 1.0); leave one of them on the path",
        missing("twist"));
  }

  @Test
  void many_clashes_are_told_in_one_line() {
    finds
        .operators(null, "acme", Fakes.Functions.of("a", "b", "c", "d", "e"))
        .operators(null, "rival", Fakes.Functions.of("a", "b", "c", "d", "e"));
    assertTrue(
        plugin("rival")
            .refusal()
            .startsWith("'a', 'b', 'c' and 2 more are offered also by acme, so that no module"));
  }

  @Test
  void the_property_prefers_modules_and_what_it_cannot_mean_is_an_error() {
    assertEquals(Map.of("add", "acme", "cpu", "fast"), Preferences.of("add=acme, cpu=fast,"));
    assertEquals(Map.of(), Preferences.of(""));
    PluginException e = assertThrows(PluginException.class, () -> Preferences.of("add=a,mul"));
    assertEquals("-Dfluxion.prefer=add=a,mul: expected name=module, got 'mul'", e.getMessage());
  }

  // ---- devices

  @Test
  void a_device_is_opened_once() {
    finds.devices(null, "acme", Fakes.Devices.of("cpu", "gpu:1"));
    OpenDevice cpu = registry.device(Device.CPU);
    assertSame(cpu, registry.device(Device.CPU));
    assertNotSame(cpu, registry.device(Device.of("gpu:1")));
  }

  @Test
  void a_missing_device_says_which_there_are() {
    finds.devices(null, "acme", Fakes.Devices.of("cpu", "gpu:1"));
    DeviceException e =
        assertThrows(DeviceException.class, () -> registry.device(Device.of("gpu")));
    assertEquals("device 'gpu' is not there: the devices are cpu, gpu:1.", e.getMessage());
  }

  @Test
  void without_a_backend_the_error_says_so_and_why() {
    finds.devices(null, "acme", new Fakes.Devices(List.of(), "no driver", Fakes::backend));
    DeviceException e = assertThrows(DeviceException.class, () -> registry.device(Device.CPU));
    assertEquals(
        "device 'cpu' is not there: no module on the path provides a device. Refused: acme 1.0"
            + " (offers no device: no driver). Add the jar of a backend to the module path.",
        e.getMessage());
  }

  @Test
  void a_device_that_fails_to_open_is_tried_again() {
    AtomicInteger tries = new AtomicInteger();
    finds.devices(
        null,
        "acme",
        new Fakes.Devices(
            List.of(Device.CPU),
            "",
            () -> {
              if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("busy");
              }
              return Fakes.backend();
            }));
    DeviceException e = assertThrows(DeviceException.class, () -> registry.device(Device.CPU));
    assertEquals(
        "device 'cpu' of module acme 1.0 cannot be opened: IllegalStateException: busy",
        e.getMessage());
    Backend opened = registry.device(Device.CPU).backend();
    assertSame(opened, registry.device(Device.CPU).backend());
  }

  @Test
  void a_device_goes_with_its_layer_and_is_opened_anew_when_it_comes_back() {
    finds.devices(layer, "acme", Fakes.Devices.of("cpu"));
    registry.add(layer);
    OpenDevice before = registry.device(Device.CPU);
    registry.remove(layer);
    DeviceException e = assertThrows(DeviceException.class, () -> registry.device(Device.CPU));
    assertTrue(e.getMessage().contains("acme 1.0, which provided it, was withdrawn."));
    registry.add(layer);
    assertNotSame(before, registry.device(Device.CPU));
  }

  @Test
  void an_open_device_outlives_a_clash_about_its_name() {
    finds
        .devices(null, "acme", Fakes.Devices.of("cpu"))
        .devices(layer, "rival", Fakes.Devices.of("cpu"));
    OpenDevice first = registry.device(Device.CPU);
    registry.add(layer);
    assertThrows(PluginException.class, () -> registry.device(Device.CPU));
    registry.prefer("cpu", "acme");
    assertSame(first, registry.device(Device.CPU));
    registry.prefer("cpu", "rival");
    assertNotSame(first, registry.device(Device.CPU));
  }

  // ---- lists and threads

  @Test
  void plugins_are_listed_by_module_with_what_they_threw() {
    IllegalStateException thrown = new IllegalStateException("no licence");
    finds
        .operators(null, "z.last", Fakes.Functions.of("a"))
        .operators(
            null,
            "a.first",
            () -> {
              throw thrown;
            })
        .devices(null, "m.middle", Fakes.Devices.of("cpu"));
    assertEquals(
        List.of("a.first", "fluxion.engine", "m.middle", "z.last"),
        registry.list().stream().map(Plugin::module).toList());
    assertSame(thrown, registry.findings().getFirst().thrown());
  }

  @Test
  void threads_that_ask_while_plugins_come_and_go_get_the_old_or_the_new_answer()
      throws InterruptedException {
    finds
        .operators(null, "acme", Fakes.Functions.of("twist"))
        .operators(layer, "more", Fakes.Functions.of("turn"))
        .devices(null, "acme", Fakes.Devices.of("cpu"));
    AtomicInteger failures = new AtomicInteger();
    List<Thread> threads =
        List.of(
            asking(() -> assertSame(TENSOR, call("twist")), failures),
            asking(() -> registry.device(Device.CPU), failures),
            asking(() -> assertTrue(registry.names().size() >= 8), failures),
            asking(
                () -> {
                  registry.add(layer);
                  registry.list();
                  registry.remove(layer);
                },
                failures));
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, failures.get());
  }

  private static Thread asking(Runnable question, AtomicInteger failures) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                for (int i = 0; i < 2_000; i++) {
                  question.run();
                }
              } catch (RuntimeException | AssertionError e) {
                failures.incrementAndGet();
              }
            });
  }
}
