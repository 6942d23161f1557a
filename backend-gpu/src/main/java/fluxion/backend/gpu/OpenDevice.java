package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the primitives of one opened device share.
 *
 * @param capabilities what the device is
 * @param stream its queue
 * @param memory its memory
 * @param staging the way to and from the heap
 * @param checks the indices that it is to check
 * @param compiler its compiler
 * @param known the kernels that were made ready
 */
record OpenDevice(
    Capabilities capabilities,
    Stream stream,
    DeviceMemory memory,
    Staging staging,
    Checks checks,
    Compiler compiler,
    Map<Kernel, GpuKernel> known) {

  /** Temporary operands, given back together: what is queued by then still uses them. */
  static final class Temporaries implements AutoCloseable {
    private final OpenDevice runtime;
    private final List<GpuBuffer> buffers = new ArrayList<>();

    private Temporaries(OpenDevice runtime) {
      this.runtime = runtime;
    }

    /** {@return memory with any content, row-major} */
    Operand make(DType dtype, Shape shape) {
      GpuBuffer buffer = runtime.memory().allocate(dtype, shape.numel());
      buffers.add(buffer);
      return Layout.contiguous(shape).operand(buffer);
    }

    /** {@return an operand that is row-major: itself, or a copy} */
    Operand dense(Operand operand) {
      return operand.isContiguous() ? operand : cast(operand, operand.dtype());
    }

    /** {@return an operand of a dtype that is row-major: itself, or a copy} */
    Operand dense(Operand operand, DType dtype) {
      return operand.dtype() == dtype ? dense(operand) : cast(operand, dtype);
    }

    /** {@return a copy, row-major} */
    Operand copy(Operand operand) {
      return cast(operand, operand.dtype());
    }

    private Operand cast(Operand operand, DType dtype) {
      Operand copy = make(dtype, operand.shape());
      Copies.copy(runtime, operand, copy);
      return copy;
    }

    /** {@return an operand of some shape to write to: itself if it is row-major, or a temporary} */
    Operand denseTarget(Operand operand) {
      return operand.isContiguous() ? operand : make(operand.dtype(), operand.shape());
    }

    @Override
    public void close() {
      buffers.forEach(GpuBuffer::free);
    }
  }

  /**
   * {@return a kernel made ready, the same at each call}
   *
   * @param kernel what is computed
   */
  GpuKernel kernel(Kernel kernel) {
    GpuKernel ready = known.get(kernel);
    if (ready == null) {
      ready = new GpuKernel(this, kernel);
      known.put(kernel, ready);
    }
    return ready;
  }

  /** {@return temporaries} */
  Temporaries temporaries() {
    return new Temporaries(this);
  }

  /** {@return an operand's buffer, as this device's own} */
  GpuBuffer buffer(Operand operand) {
    return GpuBuffer.of(operand.buffer(), memory);
  }

  /** Throws unless operands are this device's own and were not freed. */
  void require(Operand... operands) {
    for (Operand operand : operands) {
      buffer(operand).handle();
    }
  }

  /** {@return whether places in some operands may be beyond what an {@code int} can count} */
  static boolean isWide(Operand... operands) {
    for (Operand operand : operands) {
      if (operand.layout().bound() > 1 << 30 || operand.numel() > 1 << 30) {
        return true;
      }
    }
    return false;
  }
}
