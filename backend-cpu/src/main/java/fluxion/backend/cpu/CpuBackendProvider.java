package fluxion.backend.cpu;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** Offers the one device {@code cpu}. */
public final class CpuBackendProvider implements BackendProvider {
  /** For the service loader. */
  public CpuBackendProvider() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "fluxion.backend.cpu";
  }

  @Override
  public List<Device> devices() {
    return hasVectors() ? List.of(Device.CPU) : List.of();
  }

  @Override
  public String unavailable() {
    return hasVectors()
        ? ""
        : "the JDK's module jdk.incubator.vector is not there; start Java with"
            + " --add-modules jdk.incubator.vector";
  }

  /** On a class path and in a container nobody resolves the module that this one requires. */
  private static boolean hasVectors() {
    if (CpuBackendProvider.class.getModule().isNamed()) {
      return true;
    }
    try {
      Class.forName(
          "jdk.incubator.vector.Vector", false, CpuBackendProvider.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public Backend open(Device device) {
    if (!device.equals(Device.CPU)) {
      throw new DeviceException(
          "there is no device '" + device + "' in fluxion.backend.cpu; the only one is 'cpu'");
    }
    return new CpuBackend();
  }
}
