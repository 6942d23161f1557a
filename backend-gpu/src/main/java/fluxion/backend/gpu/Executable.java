package fluxion.backend.gpu;

import fluxion.backend.gpu.opencl.Kernels;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/** A compiled kernel of a device. It is given back when nobody can launch it any more. */
final class Executable {
  /** The usual work-group of a graphics card. */
  private static final long GROUP = 256;

  /** So many elements a work-item of a processor takes at least. */
  private static final long CHUNK = 4096;

  /** So many work-items a compute unit of a processor has at most. */
  private static final long ITEMS_PER_UNIT = 4;

  /** So many work-items a compute unit of a graphics card has at most. */
  private static final long THREADS_PER_UNIT = 8192;

  private static final Cleaner CLEANER = Cleaner.create();

  private final Stream stream;
  private final long kernel;
  private final long mostGroup;
  private final Cleaner.Cleanable life;

  Executable(Stream stream, long kernel, long mostGroup) {
    this.stream = stream;
    this.kernel = kernel;
    this.mostGroup = mostGroup;
    this.life = CLEANER.register(this, () -> Kernels.release(kernel));
  }

  /** {@return how many pieces of work a work-item takes at most, where each takes some in a row} */
  static long chunk(Capabilities device, long work, long least) {
    long items = device.units() * ITEMS_PER_UNIT;
    return device.processor() ? Math.max(least, (work + items - 1) / items) : 1;
  }

  /** {@return the chunk of elements that are computed one by one} */
  static long chunk(Capabilities device, long elements) {
    return chunk(device, elements, CHUNK);
  }

  /**
   * Queues a launch over pieces of work, of which each work-item takes some.
   *
   * @param name the primitive, for messages
   * @param arguments the arguments, the chunk among them
   * @param work how many pieces there are
   * @param chunk how many a work-item takes, where they are taken in a row
   */
  void launch(String name, Arguments arguments, long work, long chunk) {
    Capabilities device = stream.capabilities();
    long group = device.processor() ? 1 : group(Math.min(GROUP, mostGroup));
    long items = device.processor() ? (work + chunk - 1) / chunk : work;
    if (!device.processor()) {
      items = Math.min(items, device.units() * THREADS_PER_UNIT);
    }
    long rounded = (Math.max(items, 1) + group - 1) / group * group;
    launch(name, arguments, new long[] {rounded}, new long[] {group});
  }

  /** Queues a launch of a given shape. */
  void launch(String name, Arguments arguments, long[] items, long[] group) {
    try {
      stream.launch(name, kernel, arguments, items, group);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** {@return the largest work-group} */
  long mostGroup() {
    return mostGroup;
  }

  private static long group(long most) {
    return Long.highestOneBit(most);
  }

  /** Gives the kernel back; a second time does nothing. */
  void release() {
    life.clean();
  }
}
