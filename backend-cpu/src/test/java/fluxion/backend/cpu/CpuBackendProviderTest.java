package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.SpiVersion;
import fluxion.engine.spi.accelerator.Softmax;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuBackendProviderTest {
  private final CpuBackendProvider provider = new CpuBackendProvider();

  @Test
  void offersOneDeviceCalledCpu() {
    assertEquals(List.of(Device.CPU), provider.devices());
    assertEquals(SpiVersion.CURRENT, provider.spiVersion());
    assertEquals("fluxion.backend.cpu", provider.name());
    assertEquals("", provider.unavailable());
  }

  @Test
  void refusesAnotherDeviceByName() {
    DeviceException e =
        assertThrows(DeviceException.class, () -> provider.open(new Device("gpu", 1)));
    Samples.assertMentions("gpu:1", e);
  }

  @Test
  void storesEveryDtypeAndComputesInAllButTheSixteenBitFloats() {
    try (Backend backend = provider.open(Device.CPU)) {
      assertEquals(DType.values().length, backend.properties().storageTypes().size());
      assertEquals(DType.values().length - 2, backend.properties().computeTypes().size());
      assertFalse(backend.properties().asynchronous());
      assertFalse(backend.properties().description().isEmpty());
      assertEquals(Device.CPU, backend.properties().device());
    }
  }

  @Test
  void isDoneAtOnce() {
    try (Backend backend = provider.open(Device.CPU)) {
      backend.record().await();
      assertTrue(backend.record().isDone());
      backend.synchronize();
      backend.trim();
    }
  }

  @Test
  void offersSoftmaxAndNoUnknownAccelerator() {
    try (Backend backend = provider.open(Device.CPU)) {
      assertTrue(backend.accelerator(Softmax.class).isPresent());
      assertFalse(backend.accelerator(Runnable.class).isPresent());
    }
  }
}
