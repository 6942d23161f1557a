package fluxion.engine.fallback;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A device of which the processor computes some primitives where the device lacks them. All else is
 * the device's own.
 */
public final class FallbackBackend implements Backend {
  private final Device device;
  private final Backend own;
  private final Set<Primitive> allowed;
  private final Supplier<Backend> processor;
  private final Map<Primitive, LongAdder> counts = new ConcurrentHashMap<>();

  private FallbackBackend(
      Device device, Backend own, Set<Primitive> allowed, Supplier<Backend> processor) {
    this.device = device;
    this.own = own;
    this.allowed = allowed;
    this.processor = processor;
  }

  /**
   * {@return a device as the user wants it: itself, or with what it lacks computed elsewhere}
   *
   * @param device its name
   * @param own the device
   * @param processor the device that computes in its place, asked for when it is first needed
   * @throws fluxion.api.ArgumentException if the property names what is no primitive
   */
  public static Backend around(Device device, Backend own, Supplier<Backend> processor) {
    String property = MissingPrimitiveException.property(device);
    Set<Primitive> allowed = Primitive.named(property, System.getProperty(property, ""));
    return allowed.isEmpty() || device.equals(Device.CPU)
        ? own
        : new FallbackBackend(device, own, allowed, processor);
  }

  /** What a device computes for another one. */
  @FunctionalInterface
  private interface Work {
    /** Computes with lent operands. */
    void run(Backend device, Loan loan);
  }

  /** Tries the device itself; computes elsewhere what it lacks, if that is allowed. */
  private void run(
      Primitive primitive,
      Runnable here,
      List<Operand> written,
      List<@Nullable Operand> read,
      Work there) {
    try {
      here.run();
    } catch (MissingPrimitiveException e) {
      if (!allowed.contains(primitive)) {
        throw e;
      }
      Backend other = processor(e);
      try (Loan loan = new Loan(own, other, written, read)) {
        there.run(other, loan);
        loan.giveBack();
      }
      counts.computeIfAbsent(primitive, _ -> new LongAdder()).increment();
    }
  }

  private Backend processor(MissingPrimitiveException missing) {
    try {
      return processor.get();
    } catch (FluxionException e) {
      e.addSuppressed(missing);
      throw new DeviceException(
          "the device '%s' lacks a primitive, and there is nothing to compute it instead: %s"
              .formatted(device, e.getMessage()),
          e);
    }
  }

  private static List<@Nullable Operand> with(Operand[] operands, @Nullable Operand... more) {
    List<@Nullable Operand> all = new ArrayList<>(Arrays.asList(operands));
    Collections.addAll(all, more);
    return all;
  }

  private static List<Operand> written(Operand always, @Nullable Operand perhaps) {
    return perhaps == null ? List.of(always) : List.of(always, perhaps);
  }

  // ---- primitives

  @Override
  public void fill(Operand target, Scalar value) {
    run(
        Primitive.FILL,
        () -> own.fill(target, value),
        List.of(target),
        List.of(),
        (other, loan) -> other.fill(loan.there(target), value));
  }

  @Override
  public void copy(Operand source, Operand target) {
    run(
        Primitive.COPY,
        () -> own.copy(source, target),
        List.of(target),
        List.of(source),
        (other, loan) -> other.copy(loan.there(source), loan.there(target)));
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    return LentKernel.of(kernel, own);
  }

  @Override
  public void launch(CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    LentKernel lent = LentKernel.of(kernel);
    run(
        Primitive.LAUNCH,
        () -> own.launch(lent.here(), outputs, inputs, scalars),
        List.of(outputs),
        with(inputs),
        (other, loan) ->
            other.launch(lent.there(other), loan.there(outputs), loan.there(inputs), scalars));
  }

  @Override
  public CompiledReduction compile(Reduction reduction) {
    return LentReduction.of(reduction, own);
  }

  @Override
  public void reduce(
      CompiledReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    LentReduction lent = LentReduction.of(reduction);
    run(
        Primitive.REDUCE,
        () -> own.reduce(lent.here(), inputs, reduced, output, scalars),
        List.of(output),
        with(inputs),
        (other, loan) ->
            other.reduce(
                lent.there(other), loan.there(inputs), reduced, loan.there(output), scalars));
  }

  @Override
  public void argReduce(
      boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
    run(
        Primitive.ARG_REDUCE,
        () -> own.argReduce(max, input, dim, values, indices),
        written(indices, values),
        List.of(input),
        (other, loan) ->
            other.argReduce(
                max, loan.there(input), dim, loan.thereIfAny(values), loan.there(indices)));
  }

  @Override
  public void scan(
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices) {
    run(
        Primitive.SCAN,
        () -> own.scan(kind, input, dim, reversed, output, indices),
        written(output, indices),
        List.of(input),
        (other, loan) ->
            other.scan(
                kind,
                loan.there(input),
                dim,
                reversed,
                loan.there(output),
                loan.thereIfAny(indices)));
  }

  @Override
  public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    Operand[] factors = {a, b};
    if (epilogue == null) {
      run(
          Primitive.MATMUL,
          () -> own.matmul(a, b, output, null),
          List.of(output),
          with(factors),
          (other, loan) -> other.matmul(loan.there(a), loan.there(b), loan.there(output), null));
      return;
    }
    LentKernel lent = LentKernel.of(epilogue.kernel());
    Scalar[] scalars = epilogue.scalars();
    run(
        Primitive.MATMUL,
        () -> own.matmul(a, b, output, new MatmulEpilogue(lent.here(), epilogue.inputs(), scalars)),
        List.of(output),
        with(factors, epilogue.inputs()),
        (other, loan) ->
            other.matmul(
                loan.there(a),
                loan.there(b),
                loan.there(output),
                new MatmulEpilogue(lent.there(other), loan.there(epilogue.inputs()), scalars)));
  }

  @Override
  public void gather(Operand input, int dim, Operand index, Operand output) {
    run(
        Primitive.GATHER,
        () -> own.gather(input, dim, index, output),
        List.of(output),
        List.of(input, index),
        (other, loan) ->
            other.gather(loan.there(input), dim, loan.there(index), loan.there(output)));
  }

  @Override
  public void indexedGather(Operand input, Operand[] indices, Operand output) {
    run(
        Primitive.INDEXED_GATHER,
        () -> own.indexedGather(input, indices, output),
        List.of(output),
        with(indices, input),
        (other, loan) ->
            other.indexedGather(loan.there(input), loan.there(indices), loan.there(output)));
  }

  @Override
  public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    run(
        Primitive.SCATTER,
        () -> own.scatter(mode, target, dim, index, source),
        List.of(target),
        List.of(index, source),
        (other, loan) ->
            other.scatter(mode, loan.there(target), dim, loan.there(index), loan.there(source)));
  }

  @Override
  public void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    run(
        Primitive.INDEXED_SCATTER,
        () -> own.indexedScatter(mode, target, indices, source),
        List.of(target),
        with(indices, source),
        (other, loan) ->
            other.indexedScatter(
                mode, loan.there(target), loan.there(indices), loan.there(source)));
  }

  @Override
  public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    run(
        Primitive.SORT,
        () -> own.sort(input, dim, descending, values, indices),
        List.of(values, indices),
        List.of(input),
        (other, loan) ->
            other.sort(
                loan.there(input), dim, descending, loan.there(values), loan.there(indices)));
  }

  @Override
  public long compact(Operand mask, Operand indices) {
    long[] count = new long[1];
    run(
        Primitive.COMPACT,
        () -> count[0] = own.compact(mask, indices),
        List.of(indices),
        List.of(mask),
        (other, loan) -> count[0] = other.compact(loan.there(mask), loan.there(indices)));
    return count[0];
  }

  // ---- the device's own

  @Override
  public DeviceProperties properties() {
    return own.properties();
  }

  @Override
  public Buffer allocate(DType dtype, long elements) {
    return own.allocate(dtype, elements);
  }

  @Override
  public Buffer allocateUnspecified(DType dtype, long elements) {
    return own.allocateUnspecified(dtype, elements);
  }

  @Override
  public void free(Buffer buffer) {
    own.free(buffer);
  }

  @Override
  public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
    own.upload(array, arrayOffset, target, targetOffset, count);
  }

  @Override
  public void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
    own.download(source, sourceOffset, array, arrayOffset, count);
  }

  @Override
  public Event record() {
    return own.record();
  }

  @Override
  public void synchronize() {
    own.synchronize();
  }

  @Override
  public MemoryStatistics memory() {
    return own.memory();
  }

  /** {@return what the device counts, and how often what was computed elsewhere} */
  @Override
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>(own.counters());
    counts.forEach((primitive, count) -> all.put("fallback " + primitive.method(), count.sum()));
    return all;
  }

  @Override
  public void trim() {
    own.trim();
  }

  @Override
  public <A> Optional<A> accelerator(Class<A> type) {
    return own.accelerator(type);
  }

  @Override
  public void threads(int n) {
    own.threads(n);
  }

  @Override
  public void close() {
    own.close();
  }
}
