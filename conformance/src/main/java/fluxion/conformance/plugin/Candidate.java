package fluxion.conformance.plugin;

import fluxion.api.Device;
import fluxion.api.Plugin;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A provider of either kind, asked as the engine asks it. Nothing is trusted: whatever the provider
 * declares, an answer may be null, and any question may throw.
 */
public sealed interface Candidate {
  /** {@return the provider} */
  Object provider();

  /** {@return the service's interface} */
  Class<?> service();

  /** {@return what it provides} */
  Plugin.Kind kind();

  /** {@return what one thing on offer is called: operator or device} */
  String noun();

  /** {@return the method that lists what is on offer, as a reader writes it} */
  String listing();

  /** {@return what the provider says of its version} */
  int spiVersion();

  /** {@return what the provider says of its name} */
  @Nullable String name();

  /** {@return what the provider lists} */
  @Nullable List<?> list();

  /** {@return why it offers nothing, or the empty text} */
  @Nullable String unavailable();

  /** {@return the provider, handed to the engine} */
  Registration register();

  /**
   * {@return another provider of this kind}
   *
   * @param provider the provider
   */
  Candidate with(Object provider);

  /** {@return the class of the provider} */
  default Class<?> type() {
    return provider().getClass();
  }

  /** {@return the names of what is on offer, in order} */
  default List<String> offers() {
    List<String> names = new ArrayList<>();
    for (Object offer : Objects.requireNonNullElse(list(), List.of())) {
      names.add(offer instanceof Operator operator ? operator.name() : String.valueOf(offer));
    }
    return names;
  }

  /** Asks all that the engine asks. */
  default void askAll() {
    spiVersion();
    name();
    offers();
    unavailable();
  }

  /**
   * A provider of operators.
   *
   * @param provider the provider
   */
  record Operators(FunctionProvider provider) implements Candidate {
    @Override
    public Class<?> service() {
      return FunctionProvider.class;
    }

    @Override
    public Plugin.Kind kind() {
      return Plugin.Kind.OPERATORS;
    }

    @Override
    public String noun() {
      return "operator";
    }

    @Override
    public String listing() {
      return "operators()";
    }

    @Override
    public int spiVersion() {
      return provider.spiVersion();
    }

    @Override
    public @Nullable String name() {
      return provider.name();
    }

    @Override
    public @Nullable List<?> list() {
      return provider.operators();
    }

    @Override
    public String unavailable() {
      return "";
    }

    @Override
    public Registration register() {
      return Registration.of(provider);
    }

    @Override
    public Candidate with(Object other) {
      return new Operators((FunctionProvider) other);
    }
  }

  /**
   * A provider of devices.
   *
   * @param provider the provider
   */
  record Devices(BackendProvider provider) implements Candidate {
    @Override
    public Class<?> service() {
      return BackendProvider.class;
    }

    @Override
    public Plugin.Kind kind() {
      return Plugin.Kind.BACKEND;
    }

    @Override
    public String noun() {
      return "device";
    }

    @Override
    public String listing() {
      return "devices()";
    }

    @Override
    public int spiVersion() {
      return provider.spiVersion();
    }

    @Override
    public @Nullable String name() {
      return provider.name();
    }

    @Override
    public @Nullable List<?> list() {
      return provider.devices();
    }

    @Override
    public @Nullable String unavailable() {
      return provider.unavailable();
    }

    @Override
    public Registration register() {
      return Registration.of(provider);
    }

    @Override
    public Candidate with(Object other) {
      return new Devices((BackendProvider) other);
    }

    /** {@return the devices that it lists, without those that are none} */
    List<Device> devices() {
      List<Device> devices = new ArrayList<>();
      for (Object device : Objects.requireNonNullElse(list(), List.of())) {
        if (device instanceof Device known) {
          devices.add(known);
        }
      }
      return devices;
    }
  }
}
