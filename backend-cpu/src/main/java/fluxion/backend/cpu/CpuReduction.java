package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.backend.cpu.reduce.Fold;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import org.jspecify.annotations.Nullable;

/**
 * A reduction made ready: its fold, and its maps as kernels unless they change nothing.
 *
 * @param reduction what is computed
 * @param fold how values combine
 * @param carrier the dtype of the arrays that the fold reads and writes
 * @param direct the number of the input that is folded as it is, or −1
 * @param before the map of each element to the carrier, or null if there is none
 * @param after the map of the result, or null if there is none
 * @param divisor the number of the scalar by which the result is divided, or −1 if that is not the
 *     map of the result
 */
record CpuReduction(
    Reduction reduction,
    Fold fold,
    DType carrier,
    int direct,
    @Nullable CpuKernel before,
    @Nullable CpuKernel after,
    int divisor)
    implements CompiledReduction {
  /** {@return a reduction made ready} */
  static CpuReduction compile(Reduction reduction) {
    DType accumulator = reduction.accumulator();
    DType carrier = Fold.carrier(accumulator);
    Expr element = reduction.before().output(0).cast(carrier);
    boolean direct = element.op() == ExprOp.INPUT;
    Expr result = reduction.after().output(0);
    return new CpuReduction(
        reduction,
        Fold.of(reduction.kind(), accumulator),
        carrier,
        direct ? element.number() : -1,
        direct ? null : CpuKernel.compile(Kernel.of(element)),
        result.op() == ExprOp.INPUT ? null : CpuKernel.compile(reduction.after()),
        divisor(result, carrier));
  }

  private static int divisor(Expr result, DType carrier) {
    boolean divides =
        result.op() == ExprOp.DIV
            && carrier.isFloatingPoint()
            && result.type() == carrier
            && result.operand(0).op() == ExprOp.INPUT
            && result.operand(1).op() == ExprOp.SCALAR;
    return divides ? result.operand(1).number() : -1;
  }

  /**
   * {@return a compiled reduction as this backend's own}
   *
   * @param reduction a compiled reduction
   * @throws DeviceException if another backend compiled it
   */
  static CpuReduction of(CompiledReduction reduction) {
    if (reduction instanceof CpuReduction own) {
      return own;
    }
    throw new DeviceException(
        "expected a reduction compiled by the device 'cpu', but found a "
            + reduction.getClass().getName());
  }
}
