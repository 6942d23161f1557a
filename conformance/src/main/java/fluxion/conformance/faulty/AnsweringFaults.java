package fluxion.conformance.faulty;

import fluxion.api.Device;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Providers that fail to answer. */
final class AnsweringFaults {
  private AnsweringFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "name-throws",
            "name() throws",
            "P-301",
            "threw IllegalStateException: no licence",
            NameThrows::new),
        new Fault(
            "operators-overflow-the-stack",
            "operators() calls itself without end",
            "P-301",
            "threw StackOverflowError",
            OperatorsOverflow::new),
        new Fault(
            "operators-miss-a-class",
            "operators() needs a class that is not there",
            "P-301",
            "threw NoClassDefFoundError: acme/Helper",
            OperatorsMissClass::new),
        new Fault(
            "operators-throw-an-error",
            "operators() throws an error of the plugin's own",
            "P-301",
            "threw OwnError: table is broken",
            OperatorsThrowError::new),
        new Fault(
            "operators-hang",
            "operators() never returns",
            "P-301",
            "it did not end within",
            OperatorsHang::new),
        new Fault(
            "devices-throw",
            "devices() throws",
            "P-301",
            "threw UnsatisfiedLinkError: no acme_driver",
            DevicesThrow::new),
        new Fault(
            "operators-null",
            "operators() gives null",
            "P-302",
            "operators() of fluxion.conformance",
            OperatorsNull::new),
        new Fault(
            "operators-list-null",
            "operators() lists null",
            "P-302",
            "lists null at index 1 of 2",
            OperatorsListNull::new),
        new Fault(
            "devices-null",
            "devices() gives null",
            "P-302",
            "devices() of fluxion.conformance",
            DevicesNull::new),
        new Fault(
            "device-cannot-be-opened",
            "open() throws for a device that is listed",
            "P-303",
            "threw IllegalStateException: busy",
            CannotOpen::new),
        new Fault(
            "device-opens-as-null",
            "open() gives null",
            "P-303",
            "gives null; the device is listed",
            OpensNull::new),
        new Fault(
            "any-device-opens",
            "open() gives something for a device that is not listed",
            "P-304",
            "it opened something",
            OpensAny::new),
        new Fault(
            "operator-cannot-be-made",
            "a line of the catalogue throws at the operator's first use",
            "P-305",
            "'faulty_plugin_late' threw IllegalStateException: no table",
            CannotBeMade::new),
        new Fault(
            "operator-without-overload",
            "an operator has no overload",
            "P-305",
            "'faulty_plugin_same' has no overload",
            WithoutOverload::new),
        new Fault(
            "operators-race",
            "operators() gives less while another thread asks, too",
            "P-306",
            "gave other answers than asked by one",
            OperatorsRace::new),
        new Fault(
            "operator-exits",
            "an operator ends the JVM",
            "P-307",
            "calls java.lang.System.exit",
            Exits::new));
  }

  /** Throws instead of saying its name. */
  public static final class NameThrows extends FaultyOperators {
    @Override
    public String name() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Calls itself. */
  public static final class OperatorsOverflow extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return deeper(0);
    }

    private static List<Operator> deeper(int depth) {
      return depth < 0 ? List.of(same(NAME)) : deeper(depth + 1);
    }
  }

  /** Needs what is not there. */
  public static final class OperatorsMissClass extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      throw new NoClassDefFoundError("acme/Helper");
    }
  }

  /** Throws an error that nobody knows. */
  public static final class OperatorsThrowError extends FaultyOperators {
    /** An error of the plugin's own. */
    static final class OwnError extends Error {
      private static final long serialVersionUID = 1L;

      OwnError(String message) {
        super(message);
      }
    }

    @Override
    public List<Operator> operators() {
      throw new OwnError("table is broken");
    }
  }

  /** Waits for what never comes. */
  public static final class OperatorsHang extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of(same(NAME));
    }
  }

  /** Fails to look for devices. */
  public static final class DevicesThrow extends FaultyDevices {
    @Override
    public List<Device> devices() {
      throw new UnsatisfiedLinkError("no acme_driver");
    }
  }

  /** Lists nothing at all. */
  public static final class OperatorsNull extends FaultyOperators {
    @Override
    @SuppressWarnings("NullAway") // the mistake
    public List<Operator> operators() {
      return null;
    }
  }

  /** Lists a gap. */
  public static final class OperatorsListNull extends FaultyOperators {
    @Override
    @SuppressWarnings("NullAway") // the mistake
    public List<Operator> operators() {
      List<Operator> operators = new ArrayList<>(List.of(same(NAME)));
      operators.add(null);
      return operators;
    }
  }

  /** Lists nothing at all. */
  public static final class DevicesNull extends FaultyDevices {
    @Override
    @SuppressWarnings("NullAway") // the mistake
    public List<Device> devices() {
      return null;
    }
  }

  /** Lists what it cannot open. */
  public static final class CannotOpen extends FaultyDevices {
    @Override
    public Backend open(Device device) {
      throw new IllegalStateException("busy");
    }
  }

  /** Opens nothing. */
  public static final class OpensNull extends FaultyDevices {
    @Override
    @SuppressWarnings("NullAway") // the mistake
    public Backend open(Device device) {
      return null;
    }
  }

  /** Opens whatever is asked for. */
  public static final class OpensAny extends FaultyDevices {
    @Override
    public Backend open(Device device) {
      return (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (proxy, method, arguments) -> null);
    }
  }

  /** A table whose second line throws. */
  public static final class CannotBeMade extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return Catalogue.of(
          table -> {
            if (table.has(NAME)) {
              table.add(same(NAME));
            }
            if (table.has("faulty_plugin_late")) {
              throw new IllegalStateException("no table");
            }
          });
    }
  }

  /** An operator that nothing can call. */
  public static final class WithoutOverload extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return List.of(Operator.named(NAME));
    }
  }

  /** Shares state between calls without a lock. */
  public static final class OperatorsRace extends FaultyOperators {
    private static final long NANOS = 100_000_000;

    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public List<Operator> operators() {
      inside.incrementAndGet();
      try {
        long end = System.nanoTime() + NANOS;
        while (System.nanoTime() < end) {
          if (inside.get() > 1) {
            return List.of();
          }
          Thread.onSpinWait();
        }
        return List.of(same(NAME));
      } finally {
        inside.decrementAndGet();
      }
    }
  }

  /** An operator that takes the program down. */
  public static final class Exits extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      return List.of(
          Operator.named(NAME)
              .overload(
                  "(Tensor self)",
                  Call.Unary.class,
                  self -> {
                    System.exit(7);
                    return self;
                  }));
    }
  }
}
