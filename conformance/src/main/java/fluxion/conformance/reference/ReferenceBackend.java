package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.MemoryStatistics;
import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.DeviceProperties;
import fluxion.engine.spi.Event;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.spi.ScatterMode;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The device {@code reference}. Each primitive is done when it returns, in the thread that calls
 * it, and nothing is compiled: a kernel is interpreted.
 */
final class ReferenceBackend implements Backend {
  private record Interpreted(Kernel kernel) implements CompiledKernel {}

  private record InterpretedReduction(Reduction reduction) implements CompiledReduction {}

  private static final Event DONE =
      new Event() {
        @Override
        public void await() {}

        @Override
        public boolean isDone() {
          return true;
        }
      };

  private final Heap heap = new Heap();

  @Override
  public DeviceProperties properties() {
    Set<DType> all = EnumSet.allOf(DType.class);
    return new DeviceProperties(
        ReferenceBackendProvider.DEVICE,
        "scalar reference implementation",
        all,
        all,
        Runtime.getRuntime().maxMemory(),
        false);
  }

  @Override
  public Buffer allocate(DType dtype, long elements) {
    return heap.allocate(dtype, elements);
  }

  @Override
  public void free(Buffer buffer) {
    heap.free(buffer);
  }

  @Override
  public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    heap.upload(array, arrayOffset, target, targetOffset, count);
  }

  @Override
  public void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    heap.download(source, sourceOffset, array, arrayOffset, count);
  }

  @Override
  public void fill(Operand target, Scalar value) {
    Window window = heap.window(target);
    long element = Element.of(value, window.dtype());
    for (Walk at = new Walk(window.sizes()); at.isInside(); at.next()) {
      window.set(at.index(), element);
    }
  }

  @Override
  public void copy(Operand source, Operand target) {
    Window from = heap.window(source);
    Window to = heap.window(target);
    for (Walk at = new Walk(to.sizes()); at.isInside(); at.next()) {
      to.set(at.index(), Element.cast(from.get(at.index()), from.dtype(), to.dtype()));
    }
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    heap.requireOpen();
    return new Interpreted(kernel);
  }

  @Override
  public void launch(CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    Pointwise.launch(own(kernel), heap.windows(outputs), heap.windows(inputs), scalars);
  }

  @Override
  public CompiledReduction compile(Reduction reduction) {
    heap.requireOpen();
    return new InterpretedReduction(reduction);
  }

  @Override
  public void reduce(
      CompiledReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    if (!(reduction instanceof InterpretedReduction own)) {
      throw foreign("reduction", reduction);
    }
    long[] folded = new long[reduced.length];
    for (int d = 0; d < folded.length; d++) {
      folded[d] = reduced[d] ? inputs[0].shape().size(d) : 1;
    }
    Pointwise.reduce(own.reduction(), heap.windows(inputs), folded, heap.window(output), scalars);
  }

  @Override
  public void argReduce(
      boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
    Window best = values == null ? null : line(values);
    Extremes.find(max, line(input), dim, best, line(indices));
  }

  @Override
  public void scan(
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices) {
    Window places = indices == null ? null : line(indices);
    Scans.run(kind, line(input), dim, reversed, line(output), places);
  }

  @Override
  public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    Kernel map = epilogue == null ? null : own(epilogue.kernel());
    Operand[] inputs = epilogue == null ? new Operand[0] : epilogue.inputs();
    Scalar[] scalars = epilogue == null ? new Scalar[0] : epilogue.scalars();
    Products.multiply(
        heap.window(a), heap.window(b), heap.window(output), map, heap.windows(inputs), scalars);
  }

  @Override
  public void gather(Operand input, int dim, Operand index, Operand output) {
    Indexing.gather(line(input), dim, line(index), line(output));
  }

  @Override
  public void indexedGather(Operand input, Operand[] indices, Operand output) {
    Indexing.gather(heap.window(input), heap.windows(indices), heap.window(output));
  }

  @Override
  public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    Indexing.scatter(mode, line(target), dim, line(index), line(source));
  }

  @Override
  public void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    Indexing.scatter(mode, heap.window(target), heap.windows(indices), heap.window(source));
  }

  @Override
  public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    Sorting.sort(line(input), dim, descending, line(values), line(indices));
  }

  @Override
  public long compact(Operand mask, Operand indices) {
    return Indexing.compact(heap.window(mask), heap.window(indices).flat());
  }

  @Override
  public Event record() {
    heap.requireOpen();
    return DONE;
  }

  @Override
  public void synchronize() {
    heap.requireOpen(); // every primitive is done when it returns
  }

  @Override
  public MemoryStatistics memory() {
    return heap.statistics();
  }

  @Override
  public void trim() {
    // nothing is kept
  }

  @Override
  public void close() {
    heap.close();
  }

  /** A window that has a dimension to go along. */
  private Window line(Operand operand) {
    return heap.window(operand).lines();
  }

  private static Kernel own(CompiledKernel kernel) {
    if (kernel instanceof Interpreted own) {
      return own.kernel();
    }
    throw foreign("kernel", kernel);
  }

  private static DeviceException foreign(String what, Object compiled) {
    return new DeviceException(
        "expected a %s that the device 'reference' compiled, but found a %s; compile it here"
            .formatted(what, compiled.getClass().getName()));
  }
}
