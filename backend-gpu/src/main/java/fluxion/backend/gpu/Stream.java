package fluxion.backend.gpu;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.backend.gpu.opencl.Contexts;
import fluxion.backend.gpu.opencl.Kernels;
import fluxion.backend.gpu.opencl.Memories;
import fluxion.backend.gpu.opencl.OpenClException;
import fluxion.backend.gpu.opencl.Status;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A device's context and its queue, which works in order. Whoever queues something holds the lock,
 * so that a kernel has the arguments of one thread; whoever waits does not.
 *
 * <p>With {@code -Dfluxion.gpu.sync=true} each launch is waited for, so that an error has the name
 * of what made it. An error of queued work, found when it is waited for, loses the device: nothing
 * is known of its memory any more.
 */
final class Stream {
  private static final String SYNC = "fluxion.gpu.sync";

  /** After so many launches the driver is told to begin. */
  private static final int FLUSH = 32;

  /** At most about twice as many launches wait in the queue. */
  private static final int AHEAD = 1024;

  private static final int SCRATCH_BYTES = 4096;

  private final Device device;
  private final Capabilities capabilities;
  private final long context;
  private final long queue;
  private final boolean synchronous = Boolean.getBoolean(SYNC);
  private final Object lock = new Object();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment scratch = arena.allocate(SCRATCH_BYTES, 16);
  private final MemorySegment global = arena.allocate(3 * 8, 8);
  private final MemorySegment local = arena.allocate(3 * 8, 8);
  private final LongAdder waits = new LongAdder();
  private final LongAdder pauses = new LongAdder();
  private long launches;
  private long behind; // an event of the past, or 0
  private String last = "nothing";
  private volatile boolean closed;
  private volatile @Nullable String lost;

  Stream(Device device, Capabilities capabilities) {
    this.device = device;
    this.capabilities = capabilities;
    try {
      this.context = Contexts.create(capabilities.platform(), capabilities.id());
      this.queue = Contexts.createQueue(context, capabilities.id());
    } catch (OpenClException e) {
      throw new DeviceException(
          "the device '%s' (%s) cannot be opened: %s"
              .formatted(device, capabilities.name(), e.getMessage()),
          e);
    }
  }

  /** {@return how many kernels were launched} */
  long launches() {
    synchronized (lock) {
      return launches;
    }
  }

  /** {@return how often the program has waited for the device} */
  long waits() {
    return waits.sum();
  }

  /** {@return how often the program was held up because the queue was long} */
  long pauses() {
    return pauses.sum();
  }

  /** {@return the context} */
  long context() {
    return context;
  }

  /** {@return what the device is} */
  Capabilities capabilities() {
    return capabilities;
  }

  /** Throws if the device was closed or lost. */
  void requireUsable() {
    if (closed) {
      throw new DeviceException(
          "the device '" + device + "' is used after it was closed; open it anew");
    }
    String reason = lost;
    if (reason != null) {
      throw new DeviceException(
          "the device '" + device + "' is lost: " + reason + "; open it anew");
    }
  }

  /**
   * Queues a launch.
   *
   * @param name the primitive, for messages
   * @param kernel OpenCL's kernel
   * @param arguments its arguments
   * @param items the number of work-items in each dimension, multiples of the group's
   * @param group the size of a work-group in each dimension
   */
  void launch(String name, long kernel, Arguments arguments, long[] items, long[] group) {
    synchronized (lock) {
      requireUsable();
      try {
        set(kernel, arguments.values());
        for (int d = 0; d < items.length; d++) {
          global.setAtIndex(ValueLayout.JAVA_LONG, d, items[d]);
          local.setAtIndex(ValueLayout.JAVA_LONG, d, group[d]);
        }
        Kernels.launch(queue, kernel, items.length, global, local);
        last = name;
        pace();
      } catch (OpenClException e) {
        DeviceException failure = failure("'" + name + "'", e);
        throw e.isBeyondLimits()
            ? new KernelRefusedException(String.valueOf(failure.getMessage()), e)
            : failure;
      } finally {
        Reference.reachabilityFence(arguments);
      }
    }
    if (synchronous) {
      finish("'" + name + "'");
    }
  }

  private void set(long kernel, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      int size =
          switch (values.get(i)) {
            case GpuBuffer buffer -> {
              scratch.set(ValueLayout.JAVA_LONG, 0, buffer.handle());
              yield 8;
            }
            case Long number -> {
              scratch.set(ValueLayout.JAVA_LONG, 0, number);
              yield 8;
            }
            case Integer number -> {
              scratch.set(ValueLayout.JAVA_INT, 0, number);
              yield 4;
            }
            case Float number -> {
              scratch.set(ValueLayout.JAVA_FLOAT, 0, number);
              yield 4;
            }
            case Double number -> {
              scratch.set(ValueLayout.JAVA_DOUBLE, 0, number);
              yield 8;
            }
            case Short number -> {
              scratch.set(ValueLayout.JAVA_SHORT, 0, number);
              yield 2;
            }
            case Byte number -> {
              scratch.set(ValueLayout.JAVA_BYTE, 0, number);
              yield 1;
            }
            case int[] structure -> {
              MemorySegment.copy(structure, 0, scratch, ValueLayout.JAVA_INT, 0, structure.length);
              yield 4 * structure.length;
            }
            case long[] structure -> {
              MemorySegment.copy(structure, 0, scratch, ValueLayout.JAVA_LONG, 0, structure.length);
              yield 8 * structure.length;
            }
            default -> throw new AssertionError(values.get(i).getClass());
          };
      Kernels.set(kernel, i, scratch.asSlice(0, size));
    }
  }

  /** Keeps the queue going and of bounded length. */
  private void pace() {
    launches++;
    if (launches % AHEAD == 0) {
      long past = behind;
      behind = Contexts.marker(queue);
      if (past != 0) {
        pauses.increment();
        Contexts.await(past);
        Contexts.releaseEvent(past);
      }
    } else if (launches % FLUSH == 0) {
      Contexts.flush(queue);
    }
  }

  /** Queues a fill of bytes with a pattern; see {@link Memories#fill}. */
  void fill(String name, GpuBuffer target, MemorySegment pattern, long offset, long bytes) {
    synchronized (lock) {
      requireUsable();
      try {
        Memories.fill(queue, target.handle(), pattern, offset, bytes);
        last = name;
      } catch (OpenClException e) {
        throw failure("'" + name + "'", e);
      } finally {
        Reference.reachabilityFence(target);
      }
    }
  }

  /** Queues a copy of bytes; see {@link Memories#copy}. */
  void copy(
      String name,
      GpuBuffer source,
      long sourceOffset,
      GpuBuffer target,
      long targetOffset,
      long bytes) {
    synchronized (lock) {
      requireUsable();
      try {
        Memories.copy(queue, source.handle(), sourceOffset, target.handle(), targetOffset, bytes);
        last = name;
      } catch (OpenClException e) {
        throw failure("'" + name + "'", e);
      } finally {
        Reference.reachabilityFence(source);
        Reference.reachabilityFence(target);
      }
    }
  }

  /** Queues a write of native memory and returns its event; see {@link Memories#write}. */
  long write(GpuBuffer target, long offset, MemorySegment source) {
    synchronized (lock) {
      requireUsable();
      try {
        long event = Memories.write(queue, target.handle(), offset, source);
        last = "upload";
        return event;
      } catch (OpenClException e) {
        throw failure("'upload'", e);
      } finally {
        Reference.reachabilityFence(target);
      }
    }
  }

  /** Reads into native memory after all that is queued; see {@link Memories#read}. */
  void read(GpuBuffer source, long offset, MemorySegment target) {
    requireUsable();
    waits.increment();
    try {
      Memories.read(queue, source.handle(), offset, target);
    } catch (OpenClException e) {
      throw lose(e);
    } finally {
      Reference.reachabilityFence(source);
    }
  }

  /**
   * Waits until all is done.
   *
   * @param name what waits, for messages
   */
  void finish(String name) {
    requireUsable();
    waits.increment();
    try {
      Contexts.finish(queue);
    } catch (OpenClException e) {
      throw name.startsWith("'") ? lose(name, e) : lose(e);
    }
  }

  /** Waits for an event, because the program wants to, and gives it back. */
  void await(long event) {
    waits.increment();
    pass(event);
  }

  /** Waits for an event of long ago, so that the queue does not grow, and gives it back. */
  void pause(long event) {
    if (!Contexts.isDone(event)) {
      pauses.increment();
    }
    pass(event);
  }

  private void pass(long event) {
    try {
      Contexts.await(event);
    } catch (OpenClException e) {
      throw lose(e);
    } finally {
      Contexts.releaseEvent(event);
    }
  }

  /** {@return an event after all that is queued} */
  long marker() {
    synchronized (lock) {
      requireUsable();
      try {
        long event = Contexts.marker(queue);
        Contexts.flush(queue);
        return event;
      } catch (OpenClException e) {
        throw failure("record", e);
      }
    }
  }

  /**
   * {@return what a call throws that OpenCL refused}
   *
   * @param what what was to be done
   * @param cause what OpenCL said
   */
  DeviceException failure(String what, OpenClException cause) {
    if (cause.code() == Status.DEVICE_NOT_AVAILABLE) {
      return lose(what, cause);
    }
    return new DeviceException(
        "the device '%s' could not do %s: %s".formatted(device, what, cause.getMessage()), cause);
  }

  /** {@return what a call throws that waited for work which failed; the device is lost} */
  DeviceException lose(OpenClException cause) {
    String hint = synchronous ? "" : " (-D" + SYNC + "=true finds which one)";
    return lose("'" + last + "' or work queued before it" + hint, cause);
  }

  private DeviceException lose(String what, OpenClException cause) {
    String reason = what + " failed: " + cause.getMessage();
    lost = reason;
    return new DeviceException("the device '" + device + "' is lost: " + reason, cause);
  }

  /** Waits for what is queued and gives queue and context back; a second time does nothing. */
  void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        Contexts.finish(queue);
      } catch (OpenClException e) {
        // nobody asks for what was queued any more
      }
      if (behind != 0) {
        Contexts.releaseEvent(behind);
      }
      Contexts.releaseQueue(queue);
      Contexts.release(context);
      arena.close();
    }
  }
}
