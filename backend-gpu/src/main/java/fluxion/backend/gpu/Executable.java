package fluxion.backend.gpu;

import fluxion.backend.gpu.opencl.Kernels;

/**
 * A compiled kernel of a device. The compiler gives it back where it holds too many programs; the
 * next launch then has it compiled again.
 */
final class Executable {
  /** The usual work-group of a graphics card. */
  private static final long GROUP = 256;

  /** So many elements a work-item of a processor takes at least. */
  private static final long CHUNK = 4096;

  /** So many work-items a compute unit of a processor has at most. */
  private static final long ITEMS_PER_UNIT = 4;

  /** So many work-items a compute unit of a graphics card has at most. */
  private static final long THREADS_PER_UNIT = 8192;

  private final Stream stream;
  private final Compiler compiler;
  private final String key;
  private final String source;
  private final String function;
  private final long mostGroup;

  /** 0 while it is not there. */
  private long kernel;

  private volatile boolean used;

  /**
   * Describes a kernel, which is not there yet.
   *
   * @param compiler who makes it
   * @param key the program's key
   * @param source the program
   * @param function the kernel's name
   * @param mostGroup the largest work-group
   */
  Executable(Compiler compiler, String key, String source, String function, long mostGroup) {
    this.stream = compiler.stream();
    this.compiler = compiler;
    this.key = key;
    this.source = source;
    this.function = function;
    this.mostGroup = mostGroup;
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
    while (!isLaunched(name, arguments, items, group)) {
      compiler.revive(this);
    }
  }

  private synchronized boolean isLaunched(
      String name, Arguments arguments, long[] items, long[] group) {
    if (kernel == 0) {
      return false;
    }
    used = true;
    stream.launch(name, kernel, arguments, items, group);
    return true;
  }

  /** {@return the largest work-group} */
  long mostGroup() {
    return mostGroup;
  }

  private static long group(long most) {
    return Long.highestOneBit(most);
  }

  /** {@return the program's key} */
  String key() {
    return key;
  }

  /** {@return the program} */
  String source() {
    return source;
  }

  /** {@return the kernel's name} */
  String function() {
    return function;
  }

  /** {@return whether it was made or launched since this was last asked} */
  boolean takeUsed() {
    boolean was = used;
    used = false;
    return was;
  }

  /** {@return whether the kernel is there} */
  synchronized boolean isLoaded() {
    return kernel != 0;
  }

  /** Takes the kernel. */
  synchronized void load(long made) {
    kernel = made;
    used = true;
  }

  /** Gives the kernel back, as soon as nobody is launching it. */
  synchronized void unload() {
    Kernels.release(kernel);
    kernel = 0;
  }
}
