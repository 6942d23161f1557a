package fluxion.conformance.faulty;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.SpiVersion;
import java.util.List;
import java.util.function.UnaryOperator;

/** Offers a device that is the reference but for one thing. */
final class FaultyBackendProvider implements BackendProvider {
  /** Its one device. */
  static final Device DEVICE = Device.of("faulty");

  private final UnaryOperator<Backend> mistake;

  FaultyBackendProvider(UnaryOperator<Backend> mistake) {
    this.mistake = mistake;
  }

  /** A fault of the gallery: the reference with something wrong. */
  static Fault fault(
      String name, String mistake, String rule, String clue, UnaryOperator<Backend> wrong) {
    return new Fault(name, mistake, rule, clue, () -> new FaultyBackendProvider(wrong));
  }

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public List<Device> devices() {
    return List.of(DEVICE);
  }

  @Override
  public Backend open(Device device) {
    if (!device.equals(DEVICE)) {
      throw new DeviceException("there is no device '" + device + "'; the only one is 'faulty'");
    }
    ReferenceBackendProvider reference = new ReferenceBackendProvider();
    return mistake.apply(reference.open(ReferenceBackendProvider.DEVICE));
  }
}
