package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.MemoryStatistics;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.DeviceProperties;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.SpiVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Devices that go wrong with memory that is short or comes back, and with their own life. */
final class LifeFaults {
  private static final long ENORMOUS = 1L << 40;

  private LifeFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "out-of-memory-error",
            "an allocation that fails is an Error",
            "B-711",
            "OutOfMemoryError",
            ThrowsErrors::new),
        fault(
            "failure-without-figures",
            "an allocation that fails does not say of how much",
            "B-711",
            "does not say",
            SaysNoFigures::new),
        fault(
            "negative-size-taken",
            "a negative size is taken for 0",
            "B-712",
            "was not refused",
            TakesNegative::new),
        fault(
            "leak-per-call",
            "freed buffers are never let go",
            "B-713",
            "are still held",
            Leaks::new),
        fault(
            "statistics-empty",
            "nothing is counted",
            "B-714",
            "allocations should have grown",
            CountsNothing::new),
        fault(
            "statistics-never-fall",
            "the bytes in use never fall",
            "B-714",
            "liveBytes after free",
            NeverFalls::new),
        fault(
            "double-free-hands-out-twice",
            "memory freed twice is handed out twice",
            "B-715",
            "another buffer's",
            HandsOutTwice::new),
        fault(
            "freed-buffer-used",
            "freed memory can still be used",
            "B-716",
            "was not refused",
            KeepsFreed::new),
        fault(
            "wrong-device-name",
            "the device calls itself by another name",
            "B-721",
            "calls itself",
            WrongName::new),
        new Fault(
            "device-opened-once",
            "closing one closes all of the same device",
            "B-723",
            "does not work",
            SharedProvider::new),
        new Fault(
            "unknown-device-opened",
            "any name opens the one device",
            "B-724",
            "was not refused",
            AnyNameProvider::new),
        fault(
            "second-close-throws",
            "a device that is closed cannot be closed",
            "B-725",
            "the second close threw",
            ClosesOnce::new),
        fault(
            "close-not-honoured",
            "a closed device goes on allocating",
            "B-726",
            "was not refused",
            NeverCloses::new),
        fault(
            "foreign-buffer-cast",
            "a foreign buffer is a ClassCastException",
            "B-727",
            "ClassCastException",
            CastsForeign::new),
        fault(
            "too-many-threads-refused",
            "more than 64 threads are refused",
            "B-728",
            "threads(1024)",
            FewThreads::new),
        fault(
            "trim-frees-what-is-in-use",
            "trim takes memory away from its owners",
            "B-729",
            "freed",
            TrimsAll::new));
  }

  private static final class ThrowsErrors extends ForwardingBackend {
    ThrowsErrors(Backend inner) {
      super(inner);
    }

    @Override
    public Buffer allocate(DType dtype, long elements) {
      if (elements > ENORMOUS) {
        throw new OutOfMemoryError("device memory");
      }
      return inner.allocate(dtype, elements);
    }
  }

  private static final class SaysNoFigures extends ForwardingBackend {
    SaysNoFigures(Backend inner) {
      super(inner);
    }

    @Override
    public Buffer allocate(DType dtype, long elements) {
      if (elements > ENORMOUS) {
        throw new DeviceException("out of memory");
      }
      return inner.allocate(dtype, elements);
    }
  }

  private static final class TakesNegative extends ForwardingBackend {
    TakesNegative(Backend inner) {
      super(inner);
    }

    @Override
    public Buffer allocate(DType dtype, long elements) {
      return inner.allocate(dtype, Math.max(elements, 0));
    }
  }

  private static final class Leaks extends ForwardingBackend {
    private final List<Buffer> forgotten = Collections.synchronizedList(new ArrayList<>());

    Leaks(Backend inner) {
      super(inner);
    }

    @Override
    public void free(Buffer buffer) {
      forgotten.add(buffer);
    }
  }

  private static final class CountsNothing extends ForwardingBackend {
    CountsNothing(Backend inner) {
      super(inner);
    }

    @Override
    public MemoryStatistics memory() {
      return new MemoryStatistics(0, 0, 0, 0, 0, 0);
    }
  }

  private static final class NeverFalls extends ForwardingBackend {
    NeverFalls(Backend inner) {
      super(inner);
    }

    @Override
    public MemoryStatistics memory() {
      MemoryStatistics right = inner.memory();
      return new MemoryStatistics(
          right.allocations(), right.allocatedBytes(), 0, 0, right.allocatedBytes(), 0);
    }
  }

  private static final class HandsOutTwice extends ForwardingBackend {
    private final Deque<Buffer> pool = new ArrayDeque<>();

    HandsOutTwice(Backend inner) {
      super(inner);
    }

    @Override
    public synchronized Buffer allocate(DType dtype, long elements) {
      for (Buffer kept : pool) {
        if (kept.dtype() == dtype && kept.elements() == elements) {
          pool.removeFirstOccurrence(kept);
          return kept;
        }
      }
      return inner.allocate(dtype, elements);
    }

    @Override
    public synchronized void free(Buffer buffer) {
      pool.add(buffer);
    }
  }

  private static final class KeepsFreed extends ForwardingBackend {
    KeepsFreed(Backend inner) {
      super(inner);
    }

    @Override
    public void free(Buffer buffer) {
      // left to the garbage collector
    }
  }

  private static final class WrongName extends ForwardingBackend {
    WrongName(Backend inner) {
      super(inner);
    }

    @Override
    public DeviceProperties properties() {
      DeviceProperties right = super.properties();
      return new DeviceProperties(
          Device.of("another"),
          right.description(),
          right.computeTypes(),
          right.storageTypes(),
          right.memoryBytes(),
          right.asynchronous());
    }
  }

  /** A provider that differs in how it opens. */
  private abstract static class Opens implements BackendProvider {
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
      return List.of(FaultyBackendProvider.DEVICE);
    }

    static Backend reference() {
      return new ForwardingBackend(
          new ReferenceBackendProvider().open(ReferenceBackendProvider.DEVICE));
    }
  }

  private static final class SharedProvider extends Opens {
    private final Backend one = reference();

    @Override
    public Backend open(Device device) {
      if (!device.equals(FaultyBackendProvider.DEVICE)) {
        throw new DeviceException("there is no device '" + device + "'");
      }
      return one;
    }
  }

  private static final class AnyNameProvider extends Opens {
    @Override
    public Backend open(Device device) {
      return reference();
    }
  }

  private static final class ClosesOnce extends ForwardingBackend {
    private boolean closed;

    ClosesOnce(Backend inner) {
      super(inner);
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed already");
      }
      closed = true;
      inner.close();
    }
  }

  private static final class NeverCloses extends ForwardingBackend {
    NeverCloses(Backend inner) {
      super(inner);
    }

    @Override
    public void close() {
      // nothing is released
    }
  }

  private static final class CastsForeign extends ForwardingBackend {
    private record Own(DType dtype, long elements, Buffer buffer) implements Buffer {}

    CastsForeign(Backend inner) {
      super(inner);
    }

    @Override
    public void copy(Operand source, Operand target) {
      if (source.buffer().getClass().getSimpleName().equals("Foreign")) {
        throw new ClassCastException(
            source.buffer().getClass() + " cannot be cast to " + Own.class);
      }
      inner.copy(source, target);
    }
  }

  private static final class FewThreads extends ForwardingBackend {
    FewThreads(Backend inner) {
      super(inner);
    }

    @Override
    public void threads(int n) {
      if (n > 64) {
        throw new DeviceException("threads(" + n + "): the device has 64 threads");
      }
    }
  }

  private static final class TrimsAll extends ForwardingBackend {
    private final Map<Long, Buffer> live = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong();

    TrimsAll(Backend inner) {
      super(inner);
    }

    @Override
    public Buffer allocate(DType dtype, long elements) {
      Buffer buffer = inner.allocate(dtype, elements);
      live.put(next.getAndIncrement(), buffer);
      return buffer;
    }

    @Override
    public void trim() {
      live.values().forEach(inner::free);
    }
  }
}
