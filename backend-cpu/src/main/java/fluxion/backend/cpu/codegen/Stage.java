package fluxion.backend.cpu.codegen;

import fluxion.engine.spi.Expr;
import java.util.List;

/**
 * One loop over the columns of a block.
 *
 * @param vector whether its body computes vectors
 * @param nodes what it computes, each after its operands; an input is listed only to be copied
 * @param stores which values it writes to outputs, after all of them are computed
 */
record Stage(boolean vector, List<Expr> nodes, List<Store> stores) {
  /**
   * A value and where it goes.
   *
   * @param value the value
   * @param output the output's number
   */
  record Store(Expr value, int output) {}
}
