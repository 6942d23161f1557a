package fluxion.conformance.faulty;

import fluxion.api.DType;
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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A device that does all that another one does; wrong ones override one primitive. */
class ForwardingBackend implements Backend {
  /** The right device. */
  final Backend inner;

  ForwardingBackend(Backend inner) {
    this.inner = inner;
  }

  @Override
  public DeviceProperties properties() {
    DeviceProperties properties = inner.properties();
    return new DeviceProperties(
        FaultyBackendProvider.DEVICE,
        "a faulty device",
        properties.computeTypes(),
        properties.storageTypes(),
        properties.memoryBytes(),
        properties.asynchronous());
  }

  @Override
  public Buffer allocate(DType dtype, long elements) {
    return inner.allocate(dtype, elements);
  }

  @Override
  public Buffer allocateUnspecified(DType dtype, long elements) {
    return inner.allocateUnspecified(dtype, elements);
  }

  @Override
  public void free(Buffer buffer) {
    inner.free(buffer);
  }

  @Override
  public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    inner.upload(array, arrayOffset, target, targetOffset, count);
  }

  @Override
  public void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    inner.download(source, sourceOffset, array, arrayOffset, count);
  }

  @Override
  public void fill(Operand target, Scalar value) {
    inner.fill(target, value);
  }

  @Override
  public void copy(Operand source, Operand target) {
    inner.copy(source, target);
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    return inner.compile(kernel);
  }

  @Override
  public void launch(CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    inner.launch(kernel, outputs, inputs, scalars);
  }

  @Override
  public CompiledReduction compile(Reduction reduction) {
    return inner.compile(reduction);
  }

  @Override
  public void reduce(
      CompiledReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    inner.reduce(reduction, inputs, reduced, output, scalars);
  }

  @Override
  public void argReduce(
      boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
    inner.argReduce(max, input, dim, values, indices);
  }

  @Override
  public void scan(
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices) {
    inner.scan(kind, input, dim, reversed, output, indices);
  }

  @Override
  public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    inner.matmul(a, b, output, epilogue);
  }

  @Override
  public void gather(Operand input, int dim, Operand index, Operand output) {
    inner.gather(input, dim, index, output);
  }

  @Override
  public void indexedGather(Operand input, Operand[] indices, Operand output) {
    inner.indexedGather(input, indices, output);
  }

  @Override
  public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    inner.scatter(mode, target, dim, index, source);
  }

  @Override
  public void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    inner.indexedScatter(mode, target, indices, source);
  }

  @Override
  public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    inner.sort(input, dim, descending, values, indices);
  }

  @Override
  public long compact(Operand mask, Operand indices) {
    return inner.compact(mask, indices);
  }

  @Override
  public Event record() {
    return inner.record();
  }

  @Override
  public void synchronize() {
    inner.synchronize();
  }

  @Override
  public MemoryStatistics memory() {
    return inner.memory();
  }

  @Override
  public Map<String, Long> counters() {
    return inner.counters();
  }

  @Override
  public void trim() {
    inner.trim();
  }

  @Override
  public <A> Optional<A> accelerator(Class<A> type) {
    return inner.accelerator(type);
  }

  @Override
  public void threads(int n) {
    inner.threads(n);
  }

  @Override
  public void close() {
    inner.close();
  }
}
