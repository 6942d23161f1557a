package fluxion.conformance.faulty;

import fluxion.api.Autograd;
import fluxion.api.Tensors;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Providers that go wrong, or do too much, while they are made and asked. */
final class MakingFaults {
  private MakingFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "provider-without-constructor",
            "the provider's only constructor takes a parameter",
            "P-101",
            "has no constructor without parameters",
            () -> new NeedsParameter(1)),
        new Fault(
            "provider-constructor-throws",
            "the provider's constructor throws",
            "P-101",
            "IllegalStateException: no licence",
            () -> new ConstructorThrows(true)),
        new Fault(
            "provider-not-declared",
            "the module does not declare the provider",
            "P-102",
            "declares no provider of fluxion.engine.spi.FunctionProvider",
            NotDeclared::new),
        new Fault(
            "provider-prints",
            "the provider greets on the standard output",
            "P-106",
            "printed 'welcome to acme'",
            () -> new Prints(true)),
        new Fault(
            "provider-starts-thread",
            "the provider starts a thread when it is made",
            "P-107",
            "'acme worker'",
            () -> new StartsThread(true)),
        new Fault(
            "provider-makes-tensors",
            "the provider makes a tensor while it lists its operators",
            "P-108",
            "memory was taken from device cpu",
            MakesTensors::new),
        new Fault(
            "provider-sets-property",
            "the provider changes a system property",
            "P-109",
            "the system property acme.made",
            SetsProperty::new),
        new Fault(
            "provider-stops-recording",
            "the provider turns the recording of gradients off and leaves it so",
            "P-109",
            "whether gradients are recorded from true to false",
            StopsRecording::new),
        new Fault(
            "provider-is-slow",
            "making the provider takes a third of a second",
            "P-110",
            "ms at best",
            IsSlow::new),
        new Fault(
            "provider-offers-change",
            "each call of operators() lists one operator more",
            "P-111",
            "the second answer of operators() differs",
            OffersChange::new),
        new Fault(
            "provider-list-is-shared",
            "operators() gives the provider's own list, which its caller can empty",
            "P-112",
            "after a caller emptied the list",
            ListIsShared::new));
  }

  /** Cannot be made by a service loader. */
  public static final class NeedsParameter extends FaultyOperators {
    /** Takes a parameter that nobody gives. */
    public NeedsParameter(int ignored) {}
  }

  /** Fails when it is made as a service loader does. */
  public static final class ConstructorThrows extends FaultyOperators {
    /** Fails. */
    public ConstructorThrows() {
      throw new IllegalStateException("no licence");
    }

    private ConstructorThrows(boolean ignored) {}
  }

  /** In no module's descriptor. */
  public static final class NotDeclared extends FaultyOperators {
    /** Does nothing. */
    public NotDeclared() {}
  }

  /** Prints. */
  public static final class Prints extends FaultyOperators {
    /** Greets. */
    @SuppressWarnings("SystemOut")
    public Prints() {
      System.out.println("welcome to acme");
    }

    private Prints(boolean ignored) {}
  }

  /** Starts a thread that never ends by itself. */
  public static final class StartsThread extends FaultyOperators {
    /** Starts it. */
    public StartsThread() {
      CountDownLatch never = new CountDownLatch(1);
      Thread.ofPlatform()
          .daemon()
          .name("acme worker")
          .start(
              () -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }

    private StartsThread(boolean ignored) {}
  }

  /** Makes a tensor. */
  public static final class MakesTensors extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      double one = Tensors.ones(1).item();
      return List.of(same(NAME + (long) one));
    }
  }

  /** Changes a system property. */
  public static final class SetsProperty extends FaultyOperators {
    private static final AtomicInteger MADE = new AtomicInteger();

    /** Counts itself where all can see it. */
    public SetsProperty() {
      System.setProperty("acme.made", String.valueOf(MADE.incrementAndGet()));
    }
  }

  /** Stops the recording of gradients. */
  public static final class StopsRecording extends FaultyOperators {
    @Override
    public List<Operator> operators() {
      Autograd.setGradEnabled(false);
      return List.of(same(NAME));
    }
  }

  /** Waits while it is made. */
  public static final class IsSlow extends FaultyOperators {
    private static final long NANOS = 330_000_000;

    /** Waits for nothing. */
    public IsSlow() {
      long end = System.nanoTime() + NANOS;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }
  }

  /** Lists more each time. */
  public static final class OffersChange extends FaultyOperators {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public List<Operator> operators() {
      List<Operator> operators = new ArrayList<>();
      for (int i = calls.incrementAndGet(); i > 0; i--) {
        operators.add(same(NAME + i));
      }
      return operators;
    }
  }

  /** Gives its own list away. */
  public static final class ListIsShared extends FaultyOperators {
    private final List<Operator> operators = new ArrayList<>(List.of(same(NAME)));

    @Override
    public List<Operator> operators() {
      return operators;
    }
  }
}
