package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.FluxionException;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.nn.Layer;
import fluxion.nn.Stateful;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says when training no longer helps: a metric, such as the loss on data that is not learned from,
 * has not got better for a number of epochs.
 *
 * {@snippet :
 * var stopping = new EarlyStopping(EarlyStopping.Mode.MIN, 5).restoring(model);
 * if (stopping.update(validationLoss)) {
 *   stopping.restore();                     // the model as it was at its best
 *   break;
 * }
 * }
 */
public final class EarlyStopping implements Stateful {
  /** Which metrics are better. */
  public enum Mode {
    /** Less is better, as of a loss. */
    MIN,

    /** More is better, as of an accuracy. */
    MAX
  }

  private static final String BEST_STATE = "best_state";

  private final Mode mode;
  private final long patience;
  private final double minDelta;
  private final @Nullable Layer model;
  private double best;
  private long updates;
  private long bestUpdate;
  private @Nullable Map<String, Tensor> bestState;

  /**
   * Waits for any change for the better.
   *
   * @param mode which metrics are better
   * @param patience after how many updates in a row that brought nothing better to stop
   * @throws ArgumentException if that is less than 1
   */
  public EarlyStopping(Mode mode, long patience) {
    this(mode, patience, 0, null);
  }

  private EarlyStopping(Mode mode, long patience, double minDelta, @Nullable Layer model) {
    if (patience < 1) {
      throw new ArgumentException("patience must be 1 or more, but is " + patience);
    }
    if (!(minDelta >= 0 && Double.isFinite(minDelta))) {
      throw new ArgumentException("minDelta must be a number from 0, but is " + minDelta);
    }
    this.mode = mode;
    this.patience = patience;
    this.minDelta = minDelta;
    this.model = model;
    this.best = mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /**
   * {@return a new one that asks for more}
   *
   * @param delta by more than how much a metric must be better to count
   * @throws ArgumentException if that is negative or not finite
   */
  public EarlyStopping minDelta(double delta) {
    return new EarlyStopping(mode, patience, delta, model);
  }

  /**
   * {@return a new one that keeps a copy of a model's state at its best}
   *
   * @param kept the model
   */
  public EarlyStopping restoring(Layer kept) {
    return new EarlyStopping(mode, patience, minDelta, kept);
  }

  /**
   * Takes a metric. NaN is never better.
   *
   * @param metric the metric
   * @return whether to stop
   */
  public boolean update(double metric) {
    updates++;
    boolean better = mode == Mode.MIN ? metric < best - minDelta : metric > best + minDelta;
    if (better) {
      best = metric;
      bestUpdate = updates;
      bestState = model == null ? null : copy(model.stateDict());
    }
    return shouldStop();
  }

  /** {@return whether as many updates in a row as the patience says brought nothing better} */
  public boolean shouldStop() {
    return updates - bestUpdate >= patience;
  }

  /** {@return the best metric so far; infinite before there was one} */
  public double best() {
    return best;
  }

  /** {@return the number of the update that brought it, from 1; 0 before there was one} */
  public long bestUpdate() {
    return bestUpdate;
  }

  /**
   * Brings the model back to its best.
   *
   * @throws ArgumentException if no model is kept, or there was no metric yet
   */
  public void restore() {
    if (model == null || bestState == null) {
      throw new ArgumentException(
          model == null
              ? "there is no model to restore: name it by restoring(model)"
              : "there is no best state to restore yet");
    }
    model.loadStateDict(bestState);
  }

  private static Map<String, Tensor> copy(Map<?, ?> state) {
    Map<String, Tensor> copied = new LinkedHashMap<>();
    try (var _ = Autograd.noGrad()) {
      state.forEach(
          (name, value) -> {
            if (value instanceof Tensor tensor) {
              copied.put(String.valueOf(name), Memory.unscoped(tensor.detach().clone()));
            }
          });
    }
    return copied;
  }

  @Override
  public Map<String, @Nullable Object> stateDict() {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("mode", mode.name());
    dict.put("best", best);
    dict.put("updates", updates);
    dict.put("best_update", bestUpdate);
    dict.put(BEST_STATE, bestState);
    return dict;
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    SavedFields saved = new SavedFields(this, dict);
    String savedMode = saved.text("mode");
    double savedBest = saved.number("best");
    long savedUpdates = saved.integer("updates");
    long savedBestUpdate = saved.integer("best_update");
    if (!savedMode.equals(mode.name())) {
      saved.problem("mode: expected " + mode + ", found " + savedMode);
    }
    Map<String, Tensor> state = null;
    if (model != null && savedBestUpdate > 0) {
      state = copy(saved.map(BEST_STATE));
      try {
        // does it fit? It is not loaded now.
        model.prepareLoad(state);
      } catch (FluxionException e) {
        saved.problem(BEST_STATE + ": " + e.getMessage());
      }
    }
    saved.check();
    Map<String, Tensor> loaded = state;
    return () -> {
      best = savedBest;
      updates = savedUpdates;
      bestUpdate = savedBestUpdate;
      bestState = loaded;
    };
  }
}
