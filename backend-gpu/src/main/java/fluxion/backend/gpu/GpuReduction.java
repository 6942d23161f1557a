package fluxion.backend.gpu;

import fluxion.api.DeviceException;
import fluxion.backend.gpu.codegen.Leaves;
import fluxion.backend.gpu.codegen.ReduceSource;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A reduction with what was compiled of it. */
final class GpuReduction implements CompiledReduction {
  /**
   * One of its passes over elements.
   *
   * @param first whether it maps elements, else it reads what an earlier pass left
   * @param last whether it maps results, else it leaves blocks' results
   */
  record Pass(boolean first, boolean last) {}

  private record Key(
      Pass pass, List<Boolean> folded, int kept, int reduced, boolean columns, boolean wide) {}

  private final OpenDevice runtime;
  private final Reduction reduction;
  private final Kernel before;
  private final Kernel after;
  private final Kernel identity;
  private final Map<Key, Executable> executables = new ConcurrentHashMap<>();

  GpuReduction(OpenDevice runtime, Reduction reduction) {
    this.runtime = runtime;
    this.reduction = reduction;
    this.before = reduction.before().lowered();
    this.after = reduction.after().lowered();
    this.identity = Kernel.of(Expr.input(0, reduction.accumulator()));
    runtime.capabilities().dialect().require(before);
    runtime.capabilities().dialect().require(after);
  }

  /**
   * {@return a compiled reduction as a device's own}
   *
   * @param reduction a compiled reduction
   * @param runtime the device
   * @throws DeviceException if another device compiled it
   */
  static GpuReduction of(CompiledReduction reduction, OpenDevice runtime) {
    if (reduction instanceof GpuReduction own && own.runtime == runtime) {
      return own;
    }
    throw new DeviceException(
        "expected a reduction compiled by the device '"
            + runtime.memory().device()
            + "', but found a "
            + reduction.getClass().getName()
            + " of another one; compile it there");
  }

  @Override
  public Reduction reduction() {
    return reduction;
  }

  /** {@return what a pass reads} */
  Leaves leaves(Pass pass) {
    Kernel map = pass.first() ? before : identity;
    return pass.last() ? Leaves.of(map, after) : Leaves.of(map);
  }

  /**
   * {@return what is written for a pass}
   *
   * @param pass the pass
   * @param reduced which dimensions are folded
   * @param kept the number of kept dimensions, as the kernel sees them
   * @param folded the number of folded ones
   * @param columns whether neighbouring results are folded side by side
   */
  ReduceSource.Shape shape(Pass pass, boolean[] reduced, int kept, int folded, boolean columns) {
    Leaves leaves = leaves(pass);
    List<Boolean> kinds = new ArrayList<>();
    for (int dim : leaves.indices()) {
      kinds.add(reduced[dim]);
    }
    return new ReduceSource.Shape(
        reduction.kind(),
        pass.first() ? before : identity,
        reduction.accumulator(),
        pass.last() ? after : null,
        leaves,
        kinds,
        kept,
        folded,
        columns);
  }

  /** {@return a pass, compiled} */
  Executable executable(Pass pass, ReduceSource.Shape shape, boolean wide) {
    Key key = new Key(pass, shape.folded(), shape.kept(), shape.reduced(), shape.columns(), wide);
    Executable known = executables.get(key);
    if (known == null) {
      String source = ReduceSource.of(shape, runtime.capabilities().dialect(), wide);
      known = runtime.compiler().compile(source, ReduceSource.FUNCTION);
      executables.put(key, known);
    }
    return known;
  }
}
