package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.MemoryStatistics;
import fluxion.api.Scalar;
import fluxion.backend.cpu.workers.Workers;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The device {@code cpu}: each primitive is one class of this package, done when it returns. Large
 * work is divided among the {@link Workers}, which all instances share. It has no state but its
 * memory's, so that any number of threads may use it.
 */
final class CpuBackend implements Backend {
  private static final Event DONE =
      new Event() {
        @Override
        public void await() {}

        @Override
        public boolean isDone() {
          return true;
        }
      };

  private final Memory memory = new Memory();

  /** Made when one is first asked for; threads that ask together may each make some. */
  private volatile @Nullable List<Object> accelerators;

  @Override
  public DeviceProperties properties() {
    Set<DType> storage = EnumSet.allOf(DType.class);
    Set<DType> compute = EnumSet.allOf(DType.class);
    compute.removeIf(dtype -> dtype.computeType() != dtype);
    return new DeviceProperties(
        Device.CPU,
        System.getProperty("os.arch")
            + " with "
            + Runtime.getRuntime().availableProcessors()
            + " processors",
        compute,
        storage,
        Runtime.getRuntime().maxMemory(),
        false);
  }

  @Override
  public Buffer allocate(DType dtype, long elements) {
    return memory.allocate(dtype, elements);
  }

  @Override
  public Buffer allocateUnspecified(DType dtype, long elements) {
    return memory.allocateUnspecified(dtype, elements);
  }

  @Override
  public void free(Buffer buffer) {
    memory.free(buffer);
  }

  @Override
  public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    memory.upload(array, arrayOffset, target, targetOffset, count);
  }

  @Override
  public void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    memory.download(source, sourceOffset, array, arrayOffset, count);
  }

  @Override
  public void fill(Operand target, Scalar value) {
    Copier.fill(target, value);
  }

  @Override
  public void copy(Operand source, Operand target) {
    Copier.copy(source, target);
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    memory.requireOpen();
    return CpuKernel.compile(kernel);
  }

  @Override
  public void launch(CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    Pointwise.launch(kernel, outputs, inputs, scalars);
  }

  @Override
  public CompiledReduction compile(Reduction reduction) {
    memory.requireOpen();
    return CpuReduction.compile(reduction);
  }

  @Override
  public void reduce(
      CompiledReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    Reducer.run(reduction, inputs, reduced, output, scalars);
  }

  @Override
  public void argReduce(
      boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
    ArgReducer.run(max, input, dim, values, indices);
  }

  @Override
  public void scan(
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices) {
    Scanner.run(kind, input, dim, reversed, output, indices);
  }

  @Override
  public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    Matmul.run(a, b, output, epilogue);
  }

  @Override
  public void gather(Operand input, int dim, Operand index, Operand output) {
    Gather.along(input, dim, index, output);
  }

  @Override
  public void indexedGather(Operand input, Operand[] indices, Operand output) {
    Gather.tuples(input, indices, output);
  }

  @Override
  public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    Scatter.along(mode, target, dim, index, source);
  }

  @Override
  public void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    Scatter.tuples(mode, target, indices, source);
  }

  @Override
  public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    Sorter.run(input, dim, descending, values, indices);
  }

  @Override
  public long compact(Operand mask, Operand indices) {
    return Compactor.run(mask, indices);
  }

  @Override
  public Event record() {
    return DONE;
  }

  @Override
  public void synchronize() {
    // every primitive is done when it returns
  }

  @Override
  public MemoryStatistics memory() {
    return memory.statistics();
  }

  @Override
  public void trim() {
    memory.trim();
  }

  @Override
  public <A> Optional<A> accelerator(Class<A> type) {
    for (Object accelerator : accelerators()) {
      if (type.isInstance(accelerator)) {
        return Optional.of(type.cast(accelerator));
      }
    }
    return Optional.empty();
  }

  private List<Object> accelerators() {
    List<Object> made = accelerators;
    if (made == null) {
      made =
          List.of(
              new SoftmaxLines(),
              new SoftmaxGradientLines(),
              new MaxPoolPlanes(),
              new AvgPoolPlanes(),
              new Convolutions(memory),
              new AttentionHeads(),
              new StandardLines());
      accelerators = made;
    }
    return made;
  }

  @Override
  public void threads(int n) {
    Workers.threads(n);
  }

  @Override
  public void close() {
    memory.close();
  }
}
