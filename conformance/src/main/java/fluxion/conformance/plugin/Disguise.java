package fluxion.conformance.plugin;

import fluxion.api.Device;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.SpiVersion;
import java.util.List;
import java.util.function.Supplier;

/**
 * A provider that answers as another does, but for some of its answers: with it the kit sees what
 * the engine does about a plugin that goes wrong, beside the plugin that is judged.
 *
 * @param candidate whose answers are given
 * @param version what it says of its version
 * @param listed what it lists
 */
record Disguise(Candidate candidate, int version, Supplier<? extends List<?>> listed) {
  /** The name under which the engine lists it. */
  static final String NAME = "a probe of the kit";

  /** One that gives no offer of its own yet. */
  static Disguise of(Candidate candidate) {
    return new Disguise(candidate, SpiVersion.CURRENT, List::of);
  }

  /** This, speaking another version. */
  Disguise spiVersion(int changed) {
    return new Disguise(candidate, changed, listed);
  }

  /** This, with another list of offers. */
  Disguise listing(Supplier<? extends List<?>> changed) {
    return new Disguise(candidate, version, changed);
  }

  /** Hands it to the engine. */
  Registration register() {
    return switch (candidate) {
      case Candidate.Operators operators ->
          Registration.of(new Operators(this, operators.provider()));
      case Candidate.Devices devices -> Registration.of(new Devices(this, devices.provider()));
    };
  }

  private record Operators(Disguise disguise, FunctionProvider provider)
      implements FunctionProvider {
    @Override
    public int spiVersion() {
      return disguise.version;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<Operator> operators() {
      return disguise.listed.get().stream().map(Operator.class::cast).toList();
    }
  }

  private record Devices(Disguise disguise, BackendProvider provider) implements BackendProvider {
    @Override
    public int spiVersion() {
      return disguise.version;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<Device> devices() {
      return disguise.listed.get().stream().map(Device.class::cast).toList();
    }

    @Override
    public Backend open(Device device) {
      // under whatever name, it is the first device of the provider that is disguised
      return provider.open(provider.devices().getFirst());
    }
  }
}
