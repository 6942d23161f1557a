package fluxion.engine.tape;

import fluxion.api.GradFn;
import fluxion.api.Tensor;
import fluxion.engine.intrinsics.AsStrided;
import fluxion.engine.intrinsics.Intrinsics;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.TensorSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a base's history after a write into a view of it: the write's own gradient at
 * the view's elements, the cotangent as it is elsewhere.
 */
final class CopySlices extends Node {
  private final TensorSpec base;
  private final AsStrided view;
  private final Node write;

  CopySlices(TapeEdge before, TensorSpec base, Layout baseLayout, Layout view, Node write) {
    super(edges(before, write));
    this.base = base;
    this.view = new AsStrided(baseLayout, view);
    this.write = write;
  }

  private static TapeEdge[] edges(TapeEdge before, Node write) {
    TapeEdge[] edges = write.next().clone();
    edges[0] = before;
    return edges;
  }

  @Override
  public String name() {
    return "CopySlices";
  }

  @Override
  protected int outputCount() {
    return 1;
  }

  @Override
  protected TensorSpec outputSpec(int output) {
    return base;
  }

  @Override
  protected boolean lends() {
    return write.lends();
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    Tensor slice = Intrinsics.restride(gradOutput, view);
    @Nullable Tensor[] gradients = write.call(new @Nullable Tensor[] {slice});
    Tensor inner = gradients[0];
    if (inner != null) {
      inner = Gradients.fitTo(write.name(), 0, inner, write.outputSpec(0));
    }
    gradients[0] = Intrinsics.replaceSlice(gradOutput, view, inner);
    return gradients;
  }

  @Override
  public List<GradFn.Saved> savedTensors() {
    return write.savedTensors();
  }

  @Override
  protected void release() {
    write.release();
  }
}
