package fluxion.conformance.faulty;

import fluxion.api.Device;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** Providers with wrong names, versions and signatures. */
final class NamingFaults {
  private NamingFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "provider-other-spi-version",
            "the provider was compiled for a later version of the SPI",
            "P-201",
            "gives version " + (SpiVersion.CURRENT + 1),
            OtherVersion::new),
        new Fault(
            "provider-name-null",
            "name() gives null",
            "P-203",
            "gives null; expected one line that names the plugin",
            NameNull::new),
        new Fault(
            "provider-name-blank",
            "name() gives blanks",
            "P-203",
            "gives '  '; expected one line that names the plugin",
            NameBlank::new),
        new Fault(
            "operator-name-no-word",
            "an operator's name has a hyphen",
            "P-204",
            "lists 'leaky-relu': no name for an operator",
            NoWord::new),
        new Fault(
            "device-name-upper-case",
            "a device's type has a letter beyond lower-case ASCII",
            "P-204",
            "lists 'Größe': no name for a device",
            NoDeviceWord::new),
        new Fault(
            "operator-listed-twice",
            "two operators of the provider have one name",
            "P-205",
            "lists 'faulty_plugin_same' twice",
            OperatorTwice::new),
        new Fault(
            "device-listed-twice",
            "a device is listed as mill and as mill:0",
            "P-205",
            "lists 'mill' twice",
            DeviceTwice::new),
        new Fault(
            "operator-name-taken",
            "an operator has the name of one of the engine's",
            "P-206",
            "'clone' is offered also by fluxion.engine",
            OperatorTaken::new),
        new Fault(
            "device-name-taken",
            "a device has the name of another plugin's",
            "P-206",
            "'cpu' is offered also by",
            DeviceTaken::new),
        new Fault(
            "no-device-no-reason",
            "there is no device, and no word why",
            "P-207",
            "unavailable() does not say why",
            NoReason::new),
        new Fault(
            "signature-does-not-fit",
            "a signature has a parameter that its form of call lacks",
            "P-208",
            "it has 2 parameters, fluxion.api.spi.Call$Unary has 1",
            DoesNotFit::new),
        new Fault(
            "form-of-call-not-public",
            "an operator's form of call is an interface that nobody else sees",
            "P-208",
            "is not public in an exported package",
            NotPublic::new),
        new Fault(
            "parameters-of-one-name",
            "two parameters of a signature have one name",
            "P-209",
            "the name 'other'",
            OneName::new));
  }

  /** Speaks a later version. */
  public static final class OtherVersion extends FaultyOperators {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT + 1;
    }
  }

  /** Has no name. */
  public static final class NameNull extends FaultyOperators {
    @Override
    @SuppressWarnings("NullAway") // the mistake
    public String name() {
      return null;
    }
  }

  /** Has a name that nobody can read. */
  public static final class NameBlank extends FaultyOperators {
    @Override
    public String name() {
      return "  ";
    }
  }

  /** An operator whose name is no word. */
  public static final class NoWord extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return List.of(same("leaky-relu"));
    }
  }

  /** A device whose name cannot be typed everywhere. */
  public static final class NoDeviceWord extends FaultyDevices {
    @Override
    public List<Device> devices() {
      return List.of(Device.of("Größe"));
    }
  }

  /** One name, two operators. */
  public static final class OperatorTwice extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return List.of(same(NAME), same("faulty_plugin_other"), same(NAME));
    }
  }

  /** One device, two entries. */
  public static final class DeviceTwice extends FaultyDevices {
    @Override
    public List<Device> devices() {
      return List.of(Device.of("mill"), Device.of("mill:0"));
    }
  }

  /** Takes a name of the engine's. */
  public static final class OperatorTaken extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return List.of(same(NAME), same("clone"));
    }
  }

  /** Takes the name of the processor. */
  public static final class DeviceTaken extends FaultyDevices {
    @Override
    public List<Device> devices() {
      return List.of(Device.CPU);
    }
  }

  /** Has no device and does not say why. */
  public static final class NoReason extends FaultyDevices {
    @Override
    public List<Device> devices() {
      return List.of();
    }
  }

  /** A signature with one parameter too many. */
  public static final class DoesNotFit extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return List.of(
          Operator.named(NAME).overload("(Tensor self, int dim)", Call.Unary.class, self -> self));
    }
  }

  /** Called through an interface that nobody else sees. */
  public static final class NotPublic extends FaultyOperators {
    /** The form of call. */
    @FunctionalInterface
    interface Hidden {
      /** Gives a tensor. */
      Tensor apply(Tensor self);
    }

    @Override
    public List<Operator> operators() {
      return List.of(Operator.named(NAME).overload("(Tensor self)", Hidden.class, self -> self));
    }
  }

  /** Two parameters of one name. */
  public static final class OneName extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return List.of(
          Operator.named(NAME)
              .overload(
                  "(Tensor self, Tensor other, Tensor other)",
                  Call.Ternary.class,
                  (self, other, more) -> self));
    }
  }
}
