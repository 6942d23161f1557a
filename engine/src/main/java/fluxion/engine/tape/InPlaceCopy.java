package fluxion.engine.tape;

import fluxion.api.Tensor;
import fluxion.engine.dispatch.Writes;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.vmap.Batching;
import fluxion.engine.vmap.Vmap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recorded copy into a tensor. */
public final class InPlaceCopy extends Node {
  private final TensorSpec output;

  private InPlaceCopy(TapeEdge[] next, TensorSpec output) {
    super(next);
    this.output = output;
  }

  /**
   * Copies values, cast and broadcast, into a tensor.
   *
   * @param self what is written
   * @param given what is read
   * @return what is written
   */
  public static Tensor apply(Tensor self, Tensor given) {
    TensorImpl target = TensorImpl.of(self);
    Tensor other = given;
    if (Batching.isUsed()) {
      boolean recorded =
          ThreadState.current().isGradEnabled() && (self.requiresGrad() || given.requiresGrad());
      Batching.of(self, given).checkInPlace("copy_", target, recorded);
      other = Objects.requireNonNull(Vmap.lifted(new @Nullable Tensor[] {self, given}, false)[1]);
    }
    ViewHistory.checkInPlace(target);
    Writes.checkWritable(target);
    Tensor source = Writes.expandForCopy(other, target);
    boolean record =
        ThreadState.current().isGradEnabled()
            && (target.requiresGrad() || (other.requiresGrad() && self.dtype().isFloatingPoint()));
    if (record) {
      ViewHistory.checkRebase(target);
    }
    TapeEdge[] edges = edges(new @Nullable Tensor[] {self, other});
    Writes.copyOverlapping(source, target);
    target.versionCounter().bump("copy_");
    if (record) {
      ViewHistory.rebase(target, new InPlaceCopy(edges, TensorSpec.of(self)));
    }
    return self;
  }

  @Override
  public String name() {
    return "CopyBackwards";
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
    return new @Nullable Tensor[] {null, gradOutputs[0]};
  }
}
