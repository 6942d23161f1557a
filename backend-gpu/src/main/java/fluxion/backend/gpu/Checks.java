package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.IndexException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Indices that the device is to find in range. Each operand of indices has a slot, of two {@code
 * long}s: the first position that is out of range, and the index there. Who waits for the device
 * collects what it found.
 */
final class Checks {
  /** The slots of one device: so many operands are checked before the program has to wait. */
  static final int SLOTS = 4096;

  /** The value of a slot in which nothing was found. */
  static final long NOTHING = Integer.MAX_VALUE;

  private record Check(String name, int dim, long size) {
    String message(long index) {
      return "%s: index %d is out of bounds for dimension %d with size %d"
          .formatted(name, index, dim, size);
    }
  }

  private final DeviceMemory memory;
  private final Staging staging;
  private final List<Check> pending = new ArrayList<>();
  private @Nullable GpuBuffer slots;
  private @Nullable String found;

  Checks(DeviceMemory memory, Staging staging) {
    this.memory = memory;
    this.staging = staging;
  }

  /** Work that uses slots: it is queued while nobody collects. */
  @FunctionalInterface
  interface Work {
    /** Queues it. */
    void queue(GpuBuffer slots, int first);
  }

  /**
   * Queues work that checks indices.
   *
   * @param name the primitive, for messages
   * @param dims the dimension that each operand of indices is for
   * @param sizes their sizes
   * @param work what is queued
   */
  synchronized void queue(String name, int[] dims, long[] sizes, Work work) {
    if (pending.size() + dims.length > SLOTS) {
      gather();
    }
    GpuBuffer own = slots;
    if (own == null) {
      own = memory.allocate(DType.INT64, 2L * SLOTS);
      slots = own;
      clear(own, SLOTS);
    }
    int first = pending.size();
    for (int i = 0; i < dims.length; i++) {
      pending.add(new Check(name, dims[i], sizes[i]));
    }
    work.queue(own, first);
  }

  private void clear(GpuBuffer own, int count) {
    long[] values = new long[2 * count];
    for (int i = 0; i < count; i++) {
      values[2 * i] = NOTHING;
    }
    staging.upload(values, 0, own, 0, values.length);
  }

  private void gather() {
    GpuBuffer own = slots;
    if (own == null || pending.isEmpty()) {
      return;
    }
    List<Check> checks = List.copyOf(pending);
    pending.clear();
    long[] values = new long[2 * checks.size()];
    staging.download(own, 0, values, 0, values.length);
    boolean any = false;
    for (int i = 0; i < checks.size(); i++) {
      if (values[2 * i] != NOTHING) {
        any = true;
        if (found == null) {
          found = checks.get(i).message(values[2 * i + 1]);
        }
      }
    }
    if (any) {
      clear(own, checks.size());
    }
  }

  /**
   * Waits for the checks that are queued.
   *
   * @throws IndexException if an index was out of range, once
   */
  synchronized void collect() {
    gather();
    String message = found;
    if (message != null) {
      found = null;
      throw new IndexException(message);
    }
  }
}
