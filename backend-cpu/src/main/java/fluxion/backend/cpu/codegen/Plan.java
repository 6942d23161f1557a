package fluxion.backend.cpu.codegen;

import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kernel cut into stages: loops over the columns that run one after another.
 *
 * <p>A kernel of one stage passes over whole rows. Several take a row block by block; what one
 * computes for another lies in a scratch array, which stays in the cache. Outputs may be inputs'
 * windows, so no stage reads an input once another has written an output of the block.
 *
 * @param kernel what is computed
 * @param steps the operands' column steps
 * @param lanes how many lanes vectors have
 * @param stages the stages in order
 * @param scratch the values that lie in scratch arrays, and where
 * @param scalars the runtime scalars, with their positions among the values passed
 */
record Plan(
    Kernel kernel,
    ColumnStep[] steps,
    Lanes lanes,
    List<Stage> stages,
    Map<Expr, Place> scratch,
    Map<Expr, Integer> scalars) {
  /**
   * Where a value lies that one stage computes for others.
   *
   * @param number the scratch array's number
   * @param stage the number of the stage that computes it
   */
  record Place(int number, int stage) {}

  /** The most elements of a block. */
  private static final int BLOCK = 1024;

  /** How many bytes of scratch should stay in the first-level cache. */
  private static final int CACHE = 24 * 1024;

  static Plan of(
      Kernel kernel,
      ColumnStep[] steps,
      Lanes lanes,
      List<Stage> stages,
      Map<Expr, Place> scratch) {
    Map<Expr, Integer> scalars = new HashMap<>();
    for (Expr node : kernel.nodes()) {
      if (node.op() == ExprOp.SCALAR) {
        scalars.put(node, scalars.size());
      }
    }
    return new Plan(kernel, steps, lanes, List.copyOf(stages), scratch, scalars);
  }

  /** {@return the number of an input's operand} */
  int operand(Expr input) {
    return kernel.outputs().size() + input.number();
  }

  /** {@return the array in which a stage finds a value, or null if it must get it otherwise} */
  @Nullable Place source(Expr value, int stage) {
    Place place = scratch.get(value);
    return place != null && place.stage < stage ? place : null;
  }

  /** {@return how many columns the stages take at a time; a multiple of every number of lanes} */
  int block() {
    int bytes = 0;
    for (Expr value : scratch.keySet()) {
      bytes += Kind.of(value.type()).bytes;
    }
    return bytes == 0
        ? Integer.MAX_VALUE
        : Math.clamp(Integer.highestOneBit(Math.max(CACHE / bytes, 1)), 64, BLOCK);
  }

  /** {@return the kinds of the scratch arrays in the order of their numbers} */
  List<Kind> scratchKinds() {
    List<Kind> kinds = new ArrayList<>(Collections.nCopies(scratch.size(), Kind.INT));
    scratch.forEach((value, place) -> kinds.set(place.number(), Kind.of(value.type())));
    return kinds;
  }
}
