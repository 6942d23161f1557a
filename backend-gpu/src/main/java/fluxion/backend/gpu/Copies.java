package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Fills and copies: commands of the driver where elements lie together, kernels elsewhere. */
final class Copies {
  private Copies() {}

  /** An integer dtype of the same width: bits are moved as they are. */
  private static DType raw(DType dtype) {
    return switch (dtype.bytes()) {
      case 1 -> DType.UINT8;
      case 2 -> DType.INT16;
      case 4 -> DType.INT32;
      default -> DType.INT64;
    };
  }

  /** Queues a fill; see {@link fluxion.engine.spi.Backend#fill}. */
  static void fill(OpenDevice runtime, Operand target, Scalar value) {
    runtime.require(target);
    if (target.numel() == 0) {
      return;
    }
    DType dtype = target.dtype();
    long bits = Scalars.bits(value, dtype);
    if (target.isContiguous()) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment pattern =
            arena.allocateFrom(ValueLayout.JAVA_LONG, bits).asSlice(0, dtype.bytes());
        long offset = target.offset() * dtype.bytes();
        long bytes = target.numel() * dtype.bytes();
        runtime.stream().fill("fill", runtime.buffer(target), pattern, offset, bytes);
      }
    } else {
      GpuKernel kernel = runtime.kernel(Kernel.of(Expr.scalar(0, raw(dtype))));
      Pointwise.launch(
          runtime,
          "fill",
          kernel,
          new Operand[] {target},
          new Operand[0],
          new Scalar[] {Scalar.of(bits)});
    }
  }

  /** Queues a copy, cast to the target's dtype; see {@link fluxion.engine.spi.Backend#copy}. */
  static void copy(OpenDevice runtime, Operand source, Operand target) {
    runtime.require(source, target);
    if (target.numel() == 0) {
      return;
    }
    DType from = source.dtype();
    DType to = target.dtype();
    if (from != to) {
      launch(runtime, Expr.input(0, from).cast(to), source, target);
      return;
    }
    boolean same = source.buffer() == target.buffer();
    if (same && source.layout().equals(target.layout())) {
      return;
    }
    if (!same && source.isContiguous() && target.isContiguous()) {
      runtime.stream()
          .copy(
              "copy",
              runtime.buffer(source),
              source.offset() * from.bytes(),
              runtime.buffer(target),
              target.offset() * from.bytes(),
              target.numel() * from.bytes());
      return;
    }
    launch(runtime, Expr.input(0, raw(from)), source, target);
  }

  private static void launch(OpenDevice runtime, Expr formula, Operand source, Operand target) {
    GpuKernel kernel = runtime.kernel(Kernel.of(formula));
    Pointwise.launch(
        runtime, "copy", kernel, new Operand[] {target}, new Operand[] {source}, new Scalar[0]);
  }
}
