package fluxion.nn.norm;

import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What batch and instance normalisations have: {@code weight} and {@code bias} of one number a
 * channel, and {@code running_mean}, {@code running_var} and {@code num_batches_tracked}.
 */
public abstract sealed class RunningNorm extends Layer permits BatchNorm, InstanceNorm {
  private static final String TRACKED = "num_batches_tracked";

  private final long numFeatures;
  private final NormOptions options;
  private final @Nullable Tensor weight;
  private final @Nullable Tensor bias;
  private final @Nullable Tensor runningMean;
  private final @Nullable Tensor runningVar;
  private final @Nullable Tensor batchesTracked;

  RunningNorm(long numFeatures, NormOptions options) {
    this.numFeatures = numFeatures;
    this.options = options;
    boolean affine = options.affine();
    var tensors = options.tensors();
    this.weight = affine ? register("weight", Starts.ones(tensors, numFeatures)) : null;
    this.bias = affine ? register("bias", Starts.zeros(tensors, numFeatures)) : null;
    boolean tracks = options.trackRunningStats();
    this.runningMean =
        tracks ? registerBuffer("running_mean", Starts.zeros(tensors, numFeatures)) : null;
    this.runningVar =
        tracks ? registerBuffer("running_var", Starts.ones(tensors, numFeatures)) : null;
    this.batchesTracked = tracks ? registerBuffer(TRACKED, Starts.count(tensors)) : null;
  }

  final NormOptions options() {
    return options;
  }

  final @Nullable Tensor batchesTracked() {
    return batchesTracked;
  }

  /** {@return the factor of each channel, {@code [C]}, if there is one} */
  public final Optional<Tensor> weight() {
    return Optional.ofNullable(weight);
  }

  /** {@return the summand of each channel, {@code [C]}, if there is one} */
  public final Optional<Tensor> bias() {
    return Optional.ofNullable(bias);
  }

  /** {@return the mean of each channel gathered so far, {@code [C]}, if it is} */
  public final Optional<Tensor> runningMean() {
    return Optional.ofNullable(runningMean);
  }

  /** {@return the variance of each channel gathered so far, {@code [C]}, if it is} */
  public final Optional<Tensor> runningVar() {
    return Optional.ofNullable(runningVar);
  }

  /** {@return 0 for the number of batches, which checkpoints of before PyTorch 0.4.1 lack} */
  @Override
  protected final Optional<Tensor> absentState(String name) {
    return name.equals(TRACKED) ? Optional.of(Tensors.tensor(0L)) : Optional.empty();
  }

  @Override
  protected final String extraText() {
    return numFeatures
        + ", eps="
        + Texts.of(options.eps())
        + ", momentum="
        + Texts.orNone(options.momentum())
        + ", affine="
        + Texts.of(options.affine())
        + ", track_running_stats="
        + Texts.of(options.trackRunningStats());
  }
}
