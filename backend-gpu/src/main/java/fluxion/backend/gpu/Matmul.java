package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.Template;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches of products of matrices.
 *
 * <p>They are computed in the dtype of the sums: float32 also for the 16-bit floats, int64 for all
 * integers and truth values. Matrices of another dtype are converted first; the product is cast to
 * the output, or to the epilogue's input.
 */
final class Matmul {
  private static final long TILE = 64;
  private static final long SIDE = 16;
  private static final long ROWS = 6;

  private Matmul() {}

  /** Queues products; see {@link fluxion.engine.spi.Backend#matmul}. */
  static void run(
      OpenDevice runtime, Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    runtime.require(a, b, output);
    GpuKernel map = epilogue == null ? null : GpuKernel.of(epilogue.kernel(), runtime);
    if (output.numel() == 0) {
      return;
    }
    DType sums = a.dtype().isFloatingPoint() ? a.dtype().computeType() : DType.INT64;
    boolean aside =
        map != null
            || output.dtype() != sums
            || output.buffer() == a.buffer()
            || output.buffer() == b.buffer();
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand left = a.dtype() == sums ? a : temporaries.dense(a, sums);
      Operand right = b.dtype() == sums ? b : temporaries.dense(b, sums);
      boolean vectors = runtime.capabilities().processor() && sums.isFloatingPoint();
      int last = b.shape().dim() - 1;
      if (vectors && right.shape().size(last) > 1 && right.layout().stride(last) != 1) {
        right = temporaries.copy(right);
      }
      boolean rows = output.shape().size(last) == 1 || output.layout().stride(last) == 1;
      Operand product =
          aside || (vectors && !rows) ? temporaries.make(sums, output.shape()) : output;
      multiply(runtime, left, right, product);
      if (epilogue != null && map != null) {
        finish(runtime, temporaries, product, output, epilogue, map);
      } else if (product != output) {
        Copies.copy(runtime, product, output);
      }
    }
  }

  private static void finish(
      OpenDevice runtime,
      OpenDevice.Temporaries temporaries,
      Operand product,
      Operand output,
      MatmulEpilogue epilogue,
      GpuKernel map) {
    DType type = map.kernel().inputCount() == 0 ? null : map.kernel().inputType(0);
    Operand[] inputs = new Operand[epilogue.inputs().length + 1];
    inputs[0] = type == null ? product : temporaries.dense(product, type);
    System.arraycopy(epilogue.inputs(), 0, inputs, 1, inputs.length - 1);
    Pointwise.launch(runtime, "matmul", map, new Operand[] {output}, inputs, epilogue.scalars());
  }

  /** Multiplies matrices of the sums' dtype: a launch for each stack of them that lies evenly. */
  private static void multiply(OpenDevice runtime, Operand a, Operand b, Operand c) {
    int batches = c.shape().dim() - 2;
    Axes stacks = new Axes(3);
    for (int d = 0; d < batches; d++) {
      stacks.add(
          c.shape().size(d), a.layout().stride(d), b.layout().stride(d), c.layout().stride(d));
    }
    int inner = stacks.count() - 1;
    long count = 1;
    for (int axis = 0; axis < inner; axis++) {
      count *= stacks.size(axis);
    }
    for (long stack = 0; stack < count; stack++) {
      long[] offsets = {a.offset(), b.offset(), c.offset()};
      long rest = stack;
      for (int axis = inner - 1; axis >= 0; axis--) {
        long index = rest % stacks.size(axis);
        rest /= stacks.size(axis);
        for (int k = 0; k < 3; k++) {
          offsets[k] += index * stacks.step(k, axis);
        }
      }
      long[] steps = new long[3];
      for (int k = 0; k < 3; k++) {
        steps[k] = inner < 0 ? 0 : stacks.step(k, inner);
      }
      launch(runtime, a, b, c, offsets, inner < 0 ? 1 : stacks.size(inner), steps);
    }
  }

  private static void launch(
      OpenDevice runtime,
      Operand a,
      Operand b,
      Operand c,
      long[] offsets,
      long batch,
      long[] batchSteps) {
    int rowDim = c.shape().dim() - 2;
    int columnDim = rowDim + 1;
    long m = c.shape().size(rowDim);
    long n = c.shape().size(columnDim);
    boolean wide = OpenDevice.isWide(a, b, c);
    Arguments arguments =
        new Arguments()
            .wide(wide)
            .buffer(runtime.buffer(a))
            .buffer(runtime.buffer(b))
            .buffer(runtime.buffer(c))
            .place(offsets[0])
            .place(offsets[1])
            .place(offsets[2])
            .place(m)
            .place(n)
            .place(a.shape().size(columnDim))
            .place(step(a, rowDim))
            .place(step(a, columnDim))
            .place(step(b, rowDim))
            .place(step(b, columnDim))
            .place(step(c, rowDim))
            .place(step(c, columnDim))
            .place(batchSteps[0])
            .place(batchSteps[1])
            .place(batchSteps[2]);
    Executable gemm =
        runtime
            .compiler()
            .compile(
                List.of("gemm", c.dtype(), wide), "gemm", () -> source(runtime, c.dtype(), wide));
    Capabilities device = runtime.capabilities();
    if (isSimple(device, c.dtype())) {
      gemm.launch("matmul", arguments, new long[] {n, m, batch}, new long[] {1, 1, 1});
    } else if (device.processor()) {
      long lanes = lanes(c.dtype());
      gemm.launch(
          "matmul",
          arguments,
          new long[] {parts(m, ROWS), parts(n, 2 * lanes), batch},
          new long[] {1, 1, 1});
    } else {
      gemm.launch(
          "matmul",
          arguments,
          new long[] {parts(n, TILE) * SIDE, parts(m, TILE) * SIDE, batch},
          new long[] {SIDE, SIDE, 1});
    }
  }

  /** Whether elements are computed one by one: integers, or where a tile's group is too large. */
  private static boolean isSimple(Capabilities device, DType dtype) {
    return !dtype.isFloatingPoint() || (!device.processor() && device.mostGroup() < SIDE * SIDE);
  }

  private static long parts(long size, long part) {
    return (size + part - 1) / part;
  }

  private static long lanes(DType dtype) {
    return dtype == DType.FLOAT64 ? 8 : 16;
  }

  /** A step that is taken: of a dimension of size 1 it may be anything. */
  private static long step(Operand operand, int dim) {
    Shape shape = operand.shape();
    Layout layout = operand.layout();
    return shape.size(dim) <= 1 ? 0 : layout.stride(dim);
  }

  private static String source(OpenDevice runtime, DType dtype, boolean wide) {
    String real = dtype == DType.INT64 ? "long" : dtype == DType.FLOAT64 ? "double" : "float";
    String lanes = Long.toString(lanes(dtype));
    return new Template("gemm.cl", runtime.capabilities().dialect(), wide)
        .define("REAL", real)
        .define("SIMPLE", isSimple(runtime.capabilities(), dtype) ? "1" : "0")
        .define(
            "STEP(a, b, c)",
            dtype.isFloatingPoint()
                ? "fma(a, b, c)"
                : "(long)((ulong)(c) + (ulong)(a) * (ulong)(b))")
        .define("LANES", lanes)
        .define("VECTOR", real + lanes)
        .define("VLOAD", "vload" + lanes)
        .define("VSTORE", "vstore" + lanes)
        .text();
  }
}
