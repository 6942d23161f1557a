package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.Template;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.List;
import java.util.function.Supplier;

/** What gather and scatter share: geometries, the check of indices, and tuples as places. */
final class Indexed {
  private Indexed() {}

  /** {@return the dimensions of operands of one shape} */
  static Axes axes(Shape shape, Layout... layouts) {
    Axes axes = new Axes(layouts.length);
    for (int d = 0; d < shape.dim(); d++) {
      long[] steps = new long[layouts.length];
      for (int k = 0; k < steps.length; k++) {
        steps[k] = layouts[k].stride(d);
      }
      axes.add(shape.size(d), steps);
    }
    return axes;
  }

  /** {@return the geometry of such operands} */
  static long[] geometry(Axes axes, Layout... layouts) {
    int dims = axes.padded();
    long[] geometry = new long[1 + dims + layouts.length * (dims + 1)];
    geometry[0] = axes.rank();
    int at = axes.putSizes(geometry, 1, dims);
    for (int k = 0; k < layouts.length; k++) {
      geometry[at++] = layouts[k].offset();
      at = axes.putSteps(geometry, at, dims, k);
    }
    return geometry;
  }

  /** {@return a source of the kernels for indices} */
  static Template template(OpenDevice runtime, boolean wide, Axes axes, int operands) {
    return new Template("index.cl", runtime.capabilities().dialect(), wide)
        .define("DIMS", Integer.toString(axes.padded()))
        .define("OPERANDS", Integer.toString(operands));
  }

  /** Queues the check of an operand of indices. */
  static void check(
      OpenDevice runtime, String name, Operand index, long size, GpuBuffer slots, int slot) {
    boolean wide = OpenDevice.isWide(index);
    Axes axes = axes(index.shape(), index.layout());
    List<Object> key = List.of("check", axes.padded(), wide);
    Supplier<String> source = () -> template(runtime, wide, axes, 1).define("CHECK", "1").text();
    long[] geometry = geometry(axes, index.layout());
    long chunk = Executable.chunk(runtime.capabilities(), index.numel());
    runtime
        .compiler()
        .compile(key, "check", source)
        .launch(
            name,
            new Arguments()
                .wide(wide)
                .buffer(runtime.buffer(index))
                .buffer(slots)
                .places(geometry)
                .place(index.numel())
                .number(size)
                .number(slot)
                .place(chunk),
            index.numel(),
            chunk);
    runtime
        .compiler()
        .compile(key, "report", source)
        .launch(
            name,
            new Arguments()
                .wide(wide)
                .buffer(runtime.buffer(index))
                .buffer(slots)
                .places(geometry)
                .number(slot),
            1,
            1);
  }

  /**
   * {@return where the elements that tuples name lie behind the first one: the sum of each index
   * and its dimension's step, contiguous}
   */
  static Operand places(
      OpenDevice runtime, OpenDevice.Temporaries temporaries, Operand[] indices, Layout layout) {
    Operand places = temporaries.make(DType.INT64, indices[0].shape());
    Expr sum = null;
    Scalar[] steps = new Scalar[indices.length];
    for (int k = 0; k < indices.length; k++) {
      Expr part = Expr.input(k, DType.INT64).mul(Expr.scalar(k, DType.INT64));
      sum = sum == null ? part : sum.add(part);
      steps[k] = Scalar.of(layout.stride(k));
    }
    if (sum != null) {
      GpuKernel kernel = runtime.kernel(Kernel.of(sum));
      Pointwise.launch(runtime, "index", kernel, new Operand[] {places}, indices, steps);
    }
    return places;
  }
}
