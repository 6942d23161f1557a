package fluxion.engine.vmap;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.engine.intrinsics.Intrinsics;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.tape.Node;
import fluxion.engine.tape.TapeEdge;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.tape.ThreadState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recorded change of the levels over which a tensor ranges. */
final class LevelNode extends Node {
  private enum Change {
    ENTER,
    LEAVE,
    LIFT
  }

  private final Change change;
  private final int dim;
  private final Level level;
  private final TensorSpec input;
  private final TensorSpec output;

  private LevelNode(Change change, TensorImpl input, TensorImpl output, int dim, Level level) {
    super(new TapeEdge[] {input.gradientEdge()});
    this.change = change;
    this.dim = dim;
    this.level = level;
    this.input = TensorSpec.of(input);
    this.output = TensorSpec.of(output);
  }

  /** A tensor is cut into slices. */
  static LevelNode enter(TensorImpl input, TensorImpl output, int dim, Level level) {
    return new LevelNode(Change.ENTER, input, output, dim, level);
  }

  /** Slices are stacked. */
  static LevelNode leave(TensorImpl input, TensorImpl output, int dim, Level level) {
    return new LevelNode(Change.LEAVE, input, output, dim, level);
  }

  /** A tensor is the same for all slices. */
  static LevelNode lift(TensorImpl input, TensorImpl output, Level level) {
    return new LevelNode(Change.LIFT, input, output, 0, level);
  }

  @Override
  public String name() {
    return switch (change) {
      case ENTER -> "AddBatchDimBackward0";
      case LEAVE -> "RemoveBatchDimBackward0";
      case LIFT -> "LiftBackward0";
    };
  }

  @Override
  protected int outputCount() {
    return 1;
  }

  @Override
  protected TensorSpec outputSpec(int index) {
    return output;
  }

  @Override
  protected boolean lends() {
    return true;
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    return new @Nullable Tensor[] {gradient(Objects.requireNonNull(gradOutputs[0]))};
  }

  private Tensor gradient(Tensor gradOutput) {
    if (change == Change.LEAVE) {
      return Vmap.enter(gradOutput, dim, level);
    }
    boolean inside = level.isActive(ThreadState.current().level());
    if (change == Change.LIFT) {
      return inside
          ? gradOutput
          : Intrinsics.sumTo(Vmap.leave(gradOutput, 0, level), input.shape());
    }
    if (inside) {
      throw new AutogradException(
          "vmap: a gradient is asked for, inside the function, with respect to a tensor outside of"
              + " it that the function's input is a slice of. Differentiate with respect to the"
              + " function's input");
    }
    return Vmap.leave(gradOutput, dim, level);
  }
}
