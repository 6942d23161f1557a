package fluxion.tests.plugins;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.LoadedPlugins;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.SpiVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors on a second device, which a plugin brings while the program runs. */
final class SecondDeviceTest {
  private static final Device MIRROR = Device.of("mirror");

  @TempDir static Path folder;
  private static LoadedPlugins plugins;

  @BeforeAll
  static void add_a_device_that_computes_as_the_cpu_does() {
    new Workshop(folder)
        .make(
            Workshop.Sources.of(
                    "acme.mirror",
                    """
                    requires fluxion.engine;
                    uses fluxion.engine.spi.BackendProvider;
                    provides fluxion.engine.spi.BackendProvider with acme.mirror.Mirror;
                    """)
                .file(
                    "acme.mirror.Mirror",
                    """
                    package acme.mirror;

                    import fluxion.api.Device;
                    import fluxion.engine.spi.*;
                    import java.util.*;

                    public final class Mirror implements BackendProvider {
                      public int spiVersion() {
                        return SpiVersion.CURRENT;
                      }

                      public String name() {
                        return "mirror";
                      }

                      public List<Device> devices() {
                        return List.of(Device.of("mirror"));
                      }

                      public Backend open(Device device) {
                        for (BackendProvider other :
                            ServiceLoader.load(ModuleLayer.boot(), BackendProvider.class)) {
                          if (other.devices().contains(Device.CPU)) {
                            return other.open(Device.CPU);
                          }
                        }
                        throw new IllegalStateException("no cpu");
                      }
                    }
                    """));
    plugins = Plugins.load(folder);
  }

  @AfterAll
  static void withdraw_it() {
    plugins.close();
  }

  @Test
  void a_tensor_moves_there_and_its_gradient_comes_back() {
    Tensor x = tensor(1f, 2f, 3f).requiresGrad_();
    Tensor moved = x.view(3, 1).expand(3, 2).to(MIRROR);
    assertEquals(MIRROR, moved.device());
    assertEquals("ToCopyBackward0", moved.gradFn().name());
    moved.mul(moved).sum().backward();
    assertEquals(Device.CPU, x.grad().device());
    assertArrayEquals(new float[] {4, 8, 12}, x.grad().toFloatArray());
  }

  @Test
  void a_tensor_that_is_there_already_is_not_copied() {
    Tensor x = ones(TensorOptions.DEFAULT.device(MIRROR), 2);
    assertTrue(x.to(MIRROR) == x);
    assertTrue(x.toString().contains("device='mirror:0'"), x.toString());
  }

  @Test
  void tensors_on_two_devices_do_not_meet() {
    Tensor there = ones(TensorOptions.DEFAULT.device(MIRROR), 2);
    DeviceException e = assertThrows(DeviceException.class, () -> ones(2).add(there));
    assertEquals(
        "Expected all tensors to be on the same device, but found at least two devices, cpu and"
            + " mirror!",
        e.getMessage());
  }

  @Test
  void tensors_on_a_device_that_was_withdrawn_keep_working() {
    Device passing = Device.of("passing");
    Tensor x;
    Tensor y;
    try (Registration registration = Registration.of(new Passing(passing))) {
      assertEquals("", registration.refusal());
      x = tensor(1f, -2f, 3f).to(passing).detach().requiresGrad_();
      y = x.mul(x);
    }
    DeviceException e =
        assertThrows(DeviceException.class, () -> ones(TensorOptions.DEFAULT.device(passing), 2));
    assertTrue(
        e.getMessage().contains("fluxion.tests, which provided it, was withdrawn."),
        e.getMessage());
    // what was recorded before, and new operations on what is there
    y.sum().backward();
    assertArrayEquals(new float[] {2, -4, 6}, x.grad().toFloatArray());
    assertArrayEquals(new float[] {2, -4, 6}, x.add(x).detach().toFloatArray());
    assertEquals(Device.CPU, x.detach().to(Device.CPU).device());
  }

  /** A device that computes as the CPU does, handed over for a while. */
  private record Passing(Device device) implements BackendProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "passing";
    }

    @Override
    public List<Device> devices() {
      return List.of(device);
    }

    @Override
    public Backend open(Device ignored) {
      return ServiceLoader.load(BackendProvider.class).findFirst().orElseThrow().open(Device.CPU);
    }
  }
}
