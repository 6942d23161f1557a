package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DeviceException;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.Plugins;
import fluxion.api.Selection;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Accelerator;
import fluxion.engine.spi.AcceleratorProvider;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.SpiVersion;
import fluxion.engine.spi.accelerator.Softmax;
import fluxion.ops.nn.Functional;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One kernel of a device, served by somebody else. */
final class AcceleratorsTest {
  private static final String OWN = "fluxion.backend.cpu";
  private static final String THEIRS = "fluxion.tests";

  /** A provider of softmax for the processor. */
  private record Provider(
      int spiVersion, String deviceType, Function<Backend, Optional<Softmax>> maker)
      implements AcceleratorProvider {
    @Override
    public String name() {
      return "a softmax";
    }

    @Override
    public List<Accelerator<?>> accelerators() {
      return List.of(new Accelerator<>(Softmax.class, deviceType, maker));
    }
  }

  private static Registration register(Function<Backend, Optional<Softmax>> maker) {
    return Registration.of(new Provider(SpiVersion.CURRENT, "cpu", maker));
  }

  /** Writes sevens, through the array that a buffer of the processor has. */
  private static void sevens(Operand input, int dim, boolean logarithm, Operand output) {
    float[] array = (float[]) output.buffer().hostArray().orElseThrow();
    java.util.Arrays.fill(
        array, (int) output.offset(), (int) (output.offset() + output.numel()), 7f);
  }

  private static double[] softmax() {
    return Functional.softmax(Tensors.tensor(0f, 0f), 0).toDoubleArray();
  }

  private static final double[] BY_THE_DEVICE = {0.5, 0.5};
  private static final double[] BY_THE_PLUGIN = {7, 7};

  private static Selection selection() {
    return Plugins.selections().stream()
        .filter(selection -> selection.kind() == Plugin.Kind.ACCELERATORS)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_a_plugin_offers_replaces_the_devices_own_until_it_is_withdrawn() {
    assertArrayEquals(BY_THE_DEVICE, softmax());
    try (var _ = register(backend -> Optional.of(AcceleratorsTest::sevens))) {
      assertArrayEquals(BY_THE_PLUGIN, softmax());
      assertEquals(
          new Selection(
              Plugin.Kind.ACCELERATORS,
              "Softmax@cpu",
              THEIRS,
              List.of(THEIRS),
              "offered by no other plugin; it replaces what the device has"),
          selection());
      Tensor x = Tensors.tensor(0f, 0f).requiresGrad_(true);
      Functional.softmax(x, 0).sum().backward();
      // 7 · (1 − (7 + 7)), as the derivative mentions the result
      assertArrayEquals(new double[] {-91, -91}, x.grad().toDoubleArray());
    }
    assertArrayEquals(BY_THE_DEVICE, softmax());
  }

  @Test
  void the_devices_own_can_be_preferred() {
    try (var _ = register(backend -> Optional.of(AcceleratorsTest::sevens))) {
      Plugins.prefer("accelerator:Softmax@cpu", OWN);
      assertArrayEquals(BY_THE_DEVICE, softmax());
      assertEquals(OWN, selection().module());
      Plugins.prefer("accelerator:Softmax@cpu", THEIRS);
      assertArrayEquals(BY_THE_PLUGIN, softmax());
    }
  }

  @Test
  void two_that_offer_the_same_are_an_error_that_names_them() {
    try (var _ = register(backend -> Optional.of(AcceleratorsTest::sevens));
        var _ = register(backend -> Optional.empty())) {
      PluginException e = assertThrows(PluginException.class, AcceleratorsTest::softmax);
      assertTrue(
          e.getMessage()
              .startsWith(
                  "accelerator 'Softmax@cpu' is offered by several providers of module"
                      + " fluxion.tests"),
          e.getMessage());
      assertEquals("", selection().module());
    }
  }

  @Test
  void a_plugin_may_leave_a_device_to_its_own_and_may_ask_it() {
    try (var _ = register(backend -> Optional.empty())) {
      assertArrayEquals(BY_THE_DEVICE, softmax());
    }
    try (var _ = register(backend -> backend.accelerator(Softmax.class))) {
      assertArrayEquals(BY_THE_DEVICE, softmax());
    }
  }

  @Test
  void other_devices_are_left_alone() {
    try (var _ =
        Registration.of(
            new Provider(
                SpiVersion.CURRENT, "gpu", backend -> Optional.of(AcceleratorsTest::sevens)))) {
      assertArrayEquals(BY_THE_DEVICE, softmax());
    }
  }

  @Test
  void one_that_cannot_be_made_says_whose_it_is_and_why() {
    try (var _ =
        register(
            backend -> {
              throw new IllegalStateException("no licence");
            })) {
      DeviceException e = assertThrows(DeviceException.class, AcceleratorsTest::softmax);
      assertTrue(
          e.getMessage()
              .matches(
                  "accelerator 'Softmax@cpu' of module fluxion\\.tests.* cannot be made:"
                      + " IllegalStateException: no licence"),
          e.getMessage());
    }
  }

  @Test
  void another_version_of_the_spi_is_refused() {
    try (Registration refused =
        Registration.of(new Provider(1, "cpu", backend -> Optional.empty()))) {
      assertTrue(refused.refusal().startsWith("was compiled for version 1 of the SPI"));
    }
  }

  @Test
  void what_is_no_interface_cannot_be_offered() {
    PluginException e =
        assertThrows(
            PluginException.class,
            () -> new Accelerator<>(String.class, "cpu", backend -> Optional.empty()));
    assertEquals(
        "java.lang.String is no interface, so that no operator can ask for it", e.getMessage());
  }
}
