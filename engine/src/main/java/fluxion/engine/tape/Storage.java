package fluxion.engine.tape;

import fluxion.api.DType;
import fluxion.api.MemoryException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a tensor and its views share.
 *
 * <p>Memory that no scope has made has no {@link Ownership}: it is left to the garbage collector,
 * unless the one tensor that refers to it is closed.
 */
public final class Storage implements fluxion.api.Storage {
  private final OpenDevice device;
  private final Buffer buffer;
  private @Nullable Ownership ownership;
  private int tensors;
  private boolean kept;

  /**
   * Makes a storage that is left to the garbage collector.
   *
   * @param device where it is
   * @param buffer the memory
   */
  public Storage(OpenDevice device, Buffer buffer) {
    this.device = device;
    this.buffer = buffer;
  }

  /**
   * {@return new memory, which belongs to the running thread's innermost scope}
   *
   * @param device where it is
   * @param dtype the type of the elements
   * @param elements how many
   * @param zeroed whether they have to be zero; else they are anything
   */
  public static Storage allocate(OpenDevice device, DType dtype, long elements, boolean zeroed) {
    Backend backend = device.backend();
    Storage storage =
        new Storage(
            device,
            zeroed
                ? backend.allocate(dtype, elements)
                : backend.allocateUnspecified(dtype, elements));
    MemoryScope scope = ThreadState.current().memoryScope();
    if (scope != null) {
      scope.adopt(storage);
    }
    return storage;
  }

  /** {@return where it is} */
  public OpenDevice device() {
    return device;
  }

  /** {@return the type of the elements, freed or not} */
  @Override
  public DType dtype() {
    return buffer.dtype();
  }

  /** {@return the number of elements, freed or not} */
  @Override
  public long elements() {
    return buffer.elements();
  }

  @Override
  public void copyTo(long from, MemorySegment target) {
    ElementBytes.download(this, from, target);
  }

  /**
   * {@return the memory}
   *
   * @throws MemoryException if it was freed
   */
  public Buffer buffer() {
    Ownership owners = ownership;
    if (owners != null && !owners.mayRead()) {
      throw new MemoryException(
          "this tensor's memory ("
              + buffer.elements()
              + " "
              + buffer.dtype().shortName()
              + " elements) is not there any more: "
              + owners.end());
    }
    return buffer;
  }

  /** {@return the memory, freed or not} */
  Buffer memory() {
    return buffer;
  }

  /** {@return who owns this memory, or null if it is left to the garbage collector} */
  @Nullable Ownership ownership() {
    return ownership;
  }

  void setOwnership(Ownership owners) {
    ownership = owners;
  }

  /** Counts a tensor that refers to this memory. The count says only whether there was one. */
  void addTensor() {
    tensors++;
  }

  /** One more owner: a saved value. */
  void retain() {
    Ownership owners = ownership;
    if (owners == null) {
      kept = true; // uncounted
    } else {
      owners.retain();
    }
  }

  /** One owner less; the last one frees the memory. */
  void release() {
    Ownership owners = ownership;
    if (owners != null && owners.release() && owners.free()) {
      device.backend().free(buffer);
    }
  }

  /** Frees memory that belongs to nobody: a temporary of the engine. */
  void freeUnowned() {
    Ownership owners = ownership;
    if (owners != null && owners.isUnowned() && owners.free()) {
      device.backend().free(buffer);
    }
  }

  /** The tensor that refers to this memory is closed. */
  void tensorClosed() {
    if (tensors > 1) {
      return; // another tensor may be in use
    }
    Ownership owners = ownership;
    if (owners != null) {
      if (owners.leaveScope(Ownership.CLOSED)) {
        release();
      }
    } else if (!kept) {
      ownership = Ownership.freed(Ownership.CLOSED);
      device.backend().free(buffer);
    }
  }
}
