package fluxion.conformance.fuzz.surface;

import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.SpiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Providers with names, versions, operators and devices of all kinds: each is taken or refused with
 * a reason, its operators can be called or fail with an error of Fluxion's, and once withdrawn
 * nothing of it is left.
 */
public final class ProviderTarget implements FuzzTarget {
  private static final String[] NAMES = {
    "fuzzed",
    "fuzzed_",
    "_",
    "",
    " ",
    "add",
    "9lives",
    "a-b",
    "fuzzed:1",
    "\u00e9",
    "cpu",
    "a\nb",
    "CON",
    "a.b",
    "\0",
    "reference",
    "fuzzed2"
  };
  private static final int[] VERSIONS = {
    SpiVersion.CURRENT,
    SpiVersion.CURRENT,
    SpiVersion.CURRENT,
    0,
    -1,
    1,
    SpiVersion.CURRENT + 1,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE
  };

  /** Makes the target. */
  public ProviderTarget() {}

  @Override
  public String name() {
    return "providers";
  }

  @Override
  public String covers() {
    return "providers with names, SPI versions, operators, signatures and devices of all kinds";
  }

  @Override
  public void run(ByteSource source) {
    List<Plugin> before = Plugins.list();
    if (source.below(4) == 3) {
      devices(source);
    } else {
      functions(source);
    }
    if (!Plugins.list().equals(before)) {
      throw new Finding(
          "a withdrawn provider leaves the list of plugins as "
              + Plugins.list()
              + " instead of "
              + before,
          "");
    }
  }

  private static @Nullable String name(ByteSource source) {
    if (source.below(3) < 2) {
      return NAMES[source.below(NAMES.length)];
    }
    if (source.below(8) == 7) {
      return null;
    }
    StringBuilder name = new StringBuilder();
    int length = source.below(6);
    for (int i = 0; i < length; i++) {
      name.append((char) source.next());
    }
    return name.toString();
  }

  private record Functions(int spiVersion, @Nullable String said, @Nullable List<Operator> offered)
      implements FunctionProvider {
    @Override
    @SuppressWarnings("NullAway") // a provider that does wrong
    public String name() {
      return said;
    }

    @Override
    @SuppressWarnings("NullAway") // a provider that does wrong
    public List<Operator> operators() {
      return offered;
    }
  }

  private record Devices(int spiVersion, @Nullable String said, List<Device> devices)
      implements BackendProvider {
    @Override
    @SuppressWarnings("NullAway") // a provider that does wrong
    public String name() {
      return said;
    }

    @Override
    public Backend open(Device device) {
      throw new IllegalStateException("there is nothing behind " + device);
    }
  }

  private static void functions(ByteSource source) {
    int version = VERSIONS[source.below(VERSIONS.length)];
    String name = name(source);
    List<Operator> operators = new ArrayList<>();
    int count = source.below(4);
    for (int i = 0; i < count; i++) {
      Operator operator = operator(source);
      if (operator != null) {
        operators.add(operator);
      }
    }
    Functions provider = new Functions(version, name, source.below(16) == 15 ? null : operators);
    try (Registration registration = Registration.of(provider)) {
      checkRefusal(registration, version, name);
      if (registration.refusal().isEmpty()) {
        operators.forEach(ProviderTarget::call);
      }
    }
  }

  private static @Nullable Operator operator(ByteSource source) {
    String name = name(source);
    if (name == null) {
      return null;
    }
    try {
      Operator operator = Operator.named(name);
      int overloads = source.below(3);
      for (int i = 0; i < overloads; i++) {
        String text = SignatureTarget.text(source);
        String parameters = text.substring(Math.max(text.indexOf('('), 0));
        operator =
            switch (source.below(3)) {
              case 0 -> operator.overload(parameters, Call.Unary.class, self -> self);
              case 1 ->
                  operator.overload(
                      source.below(2) == 0
                          ? parameters
                          : "(Tensor self, Tensor other=" + name + ")",
                      Call.Binary.class,
                      (self, other) -> self);
              default -> operator.overload(parameters, Call.Dim.class, (self, dim) -> self);
            };
      }
      return operator;
    } catch (FluxionException | IllegalArgumentException _) {
      // the text is no signature, or a form of call is there already
      return null;
    }
  }

  private static void checkRefusal(Registration registration, int version, @Nullable String name) {
    boolean wrong = version != SpiVersion.CURRENT || name == null || name.isBlank();
    if (wrong && registration.refusal().isEmpty()) {
      throw new Finding(
          "a provider named '" + name + "' of SPI version " + version + " is taken", "");
    }
    if (registration.refusal().contains("\n")) {
      throw new Finding("a refusal is not one line: " + registration.refusal(), "");
    }
  }

  private static void call(Operator operator) {
    Tensor x = Tensors.ones(2);
    List<List<Object>> calls =
        List.of(List.of(x), List.of(x, x), List.of(x, 0L), List.of(), List.of("text", 0.5));
    for (List<Object> arguments : calls) {
      try {
        Tensor result = Ops.callAll(operator.name(), arguments, Map.of()).getFirst();
        if (result == null) {
          throw new Finding("operator '" + operator.name() + "' gives null", "");
        }
      } catch (FluxionException e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
          throw new Finding("a refusal of '" + operator.name() + "' says nothing", "", e);
        }
      }
    }
  }

  private static void devices(ByteSource source) {
    int version = VERSIONS[source.below(VERSIONS.length)];
    String name = name(source);
    List<Device> devices = new ArrayList<>();
    int count = source.below(3);
    for (int i = 0; i < count; i++) {
      String text = name(source);
      try {
        devices.add(Device.of(text == null ? "" : text));
      } catch (FluxionException _) {
        // no name of a device
      }
    }
    try (Registration registration = Registration.of(new Devices(version, name, devices))) {
      checkRefusal(registration, version, name);
      if (registration.refusal().isEmpty()) {
        for (Device device : devices) {
          boolean others = device.equals(Device.CPU) || device.type().equals("reference");
          if (!others) {
            open(device);
          }
        }
      }
    }
  }

  private static void open(Device device) {
    try {
      Tensors.ones(TensorOptions.DEFAULT.device(device), 2);
    } catch (FluxionException _) {
      return;
    }
    throw new Finding("device " + device + " makes tensors with nothing behind it", "");
  }
}
