package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Device;
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
import fluxion.engine.spi.MissingPrimitiveException;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.spi.ScatterMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A device of OpenCL's. Each primitive queues its work and returns; what fails in the queue, and an
 * index that is out of range, is thrown by the next call that waits.
 */
final class GpuBackend implements Backend {
  private final Device device;
  private final Capabilities capabilities;
  private final Stream stream;
  private final OpenDevice runtime;
  private final AtomicBoolean closed = new AtomicBoolean();

  GpuBackend(Device device, Capabilities capabilities) {
    this.device = device;
    this.capabilities = capabilities;
    this.stream = new Stream(device, capabilities);
    DeviceMemory memory = new DeviceMemory(device, capabilities, stream);
    Staging staging = new Staging(stream);
    this.runtime =
        new OpenDevice(
            capabilities,
            stream,
            memory,
            staging,
            new Checks(memory, staging),
            new Compiler(stream, new ProgramCache()),
            new ConcurrentHashMap<>());
  }

  @Override
  public DeviceProperties properties() {
    return new DeviceProperties(
        device,
        capabilities.description(),
        capabilities.computeTypes(),
        capabilities.storageTypes(),
        runtime.memory().budget(),
        true);
  }

  /** {@return what its primitives share, for tests} */
  OpenDevice runtime() {
    return runtime;
  }

  /** Does a primitive, and says which one it is that the driver refuses. */
  private void run(String primitive, Runnable work) {
    try {
      work.run();
    } catch (KernelRefusedException e) {
      throw new MissingPrimitiveException(device, primitive, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Buffer allocate(DType dtype, long elements) {
    return runtime.memory().allocateZeros(dtype, elements);
  }

  @Override
  public Buffer allocateUnspecified(DType dtype, long elements) {
    return runtime.memory().allocate(dtype, elements);
  }

  @Override
  public void free(Buffer buffer) {
    GpuBuffer.of(buffer, runtime.memory()).free();
  }

  @Override
  public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    Transfers.upload(runtime, array, arrayOffset, target, targetOffset, count);
  }

  @Override
  public void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    Transfers.download(runtime, source, sourceOffset, array, arrayOffset, count);
  }

  @Override
  public void fill(Operand target, Scalar value) {
    run("fill", () -> Copies.fill(runtime, target, value));
  }

  @Override
  public void copy(Operand source, Operand target) {
    run("copy", () -> Copies.copy(runtime, source, target));
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    stream.requireUsable();
    return new GpuKernel(runtime, kernel);
  }

  @Override
  public void launch(CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    GpuKernel own = GpuKernel.of(kernel, runtime);
    run("launch", () -> Pointwise.launch(runtime, "launch", own, outputs, inputs, scalars));
  }

  @Override
  public CompiledReduction compile(Reduction reduction) {
    stream.requireUsable();
    return new GpuReduction(runtime, reduction);
  }

  @Override
  public void reduce(
      CompiledReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    run(
        "reduce",
        () ->
            Reducer.run(
                runtime, GpuReduction.of(reduction, runtime), inputs, reduced, output, scalars));
  }

  @Override
  public void argReduce(
      boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
    run("argReduce", () -> Lines.argReduce(runtime, max, input, dim, values, indices));
  }

  @Override
  public void scan(
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices) {
    run("scan", () -> Scan.run(runtime, kind, input, dim, reversed, output, indices));
  }

  @Override
  public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    run("matmul", () -> Matmul.run(runtime, a, b, output, epilogue));
  }

  @Override
  public void gather(Operand input, int dim, Operand index, Operand output) {
    run("gather", () -> Gather.along(runtime, input, dim, index, output));
  }

  @Override
  public void indexedGather(Operand input, Operand[] indices, Operand output) {
    run("indexedGather", () -> Gather.tuples(runtime, input, indices, output));
  }

  @Override
  public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    run("scatter", () -> Scatter.along(runtime, mode, target, dim, index, source));
  }

  @Override
  public void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    run("indexedScatter", () -> Scatter.tuples(runtime, mode, target, indices, source));
  }

  @Override
  public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    run("sort", () -> Sorter.run(runtime, input, dim, descending, values, indices));
  }

  @Override
  public long compact(Operand mask, Operand indices) {
    long[] count = new long[1];
    run("compact", () -> count[0] = Compactor.run(runtime, mask, indices));
    return count[0];
  }

  @Override
  public Event record() {
    return new QueueEvent(runtime, stream.marker());
  }

  @Override
  public void synchronize() {
    stream.finish("synchronize");
    runtime.checks().collect();
  }

  @Override
  public MemoryStatistics memory() {
    return runtime.memory().statistics();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = new TreeMap<>();
    counters.put("launches", stream.launches());
    counters.put("waits", stream.waits());
    counters.put("pauses", stream.pauses());
    counters.put("driver allocations", runtime.memory().driverAllocations());
    return counters;
  }

  @Override
  public void trim() {
    runtime.memory().trim();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    runtime.staging().close();
    runtime.memory().close();
    runtime.compiler().close();
    stream.close();
  }
}
