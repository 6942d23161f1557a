package acme.softmax;

import fluxion.engine.spi.Accelerator;
import fluxion.engine.spi.AcceleratorProvider;
import fluxion.engine.spi.SpiVersion;
import fluxion.engine.spi.accelerator.Softmax;
import java.util.List;
import java.util.Optional;

/** The service: which accelerators there are, and for which devices. */
public final class AcmeAccelerators implements AcceleratorProvider {
  /** Makes the provider. */
  public AcmeAccelerators() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "Acme's softmax";
  }

  @Override
  public List<Accelerator<?>> accelerators() {
    // what the device has already does what this does not take
    return List.of(
        new Accelerator<>(
            Softmax.class,
            "cpu",
            backend ->
                Optional.of(new FewClasses(backend.accelerator(Softmax.class).orElseThrow()))));
  }
}
