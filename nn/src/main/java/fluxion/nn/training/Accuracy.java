package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.nn.Stateful;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The share of examples whose class was found: it has the largest score, or is among the {@code k}
 * largest.
 */
public final class Accuracy implements Stateful {
  private final long k;
  private final PendingNumbers pending = new PendingNumbers(this::take);
  private long correct;
  private long total;

  /** Counts an example where its class has the largest score. */
  public Accuracy() {
    this(1);
  }

  /**
   * Counts an example where its class has one of the largest scores.
   *
   * @param k how many
   * @throws ArgumentException if that is less than 1
   */
  public Accuracy(long k) {
    if (k < 1) {
      throw new ArgumentException("accuracy of the top k classes needs a k from 1, not " + k);
    }
    this.k = k;
  }

  private void take(double hits) {
    correct += (long) hits;
  }

  /**
   * Takes a batch. It is counted on its device, and the count is read later.
   *
   * @param outputs scores, {@code [N, classes, …]}; or, for {@code k} = 1, classes of the targets'
   *     shape, as integers
   * @param targets classes, {@code [N, …]}
   * @throws ArgumentException if the shapes do not fit, the targets are no integers, or there are
   *     fewer than {@code k} classes
   */
  public void update(Tensor outputs, Tensor targets) {
    boolean classes = k == 1 && Classified.areClasses(outputs, targets);
    if (!classes) {
      Classified.check(outputs, targets);
      if (outputs.shape().size(1) < k) {
        throw new ArgumentException(
            "accuracy of the top " + k + " of " + outputs.shape().size(1) + " classes");
      }
    }
    try (var _ = Autograd.noGrad();
        var _ = Memory.scope()) {
      Tensor expected = targets.to(outputs.device());
      Tensor hits;
      if (classes) {
        hits = outputs.eq(expected);
      } else if (k == 1) {
        hits = outputs.detach().argmax(1, false).eq(expected);
      } else {
        hits = outputs.detach().topk(k, 1, true).indices().eq(expected.unsqueeze(1));
      }
      pending.add(hits.sum());
    }
    total += targets.numel();
  }

  /** {@return the share so far, from 0 to 1; NaN of nothing} */
  public double value() {
    pending.read();
    return (double) correct / total;
  }

  /** Starts anew. */
  public void reset() {
    pending.clear();
    correct = 0;
    total = 0;
  }

  @Override
  public Map<String, Object> stateDict() {
    pending.read();
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("k", k);
    dict.put("correct", correct);
    dict.put("total", total);
    return dict;
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    SavedFields saved = new SavedFields(this, dict);
    long savedK = saved.integer("k");
    long savedCorrect = saved.integer("correct");
    long savedTotal = saved.integer("total");
    if (savedK != k) {
      saved.problem("k: expected " + k + ", found " + savedK);
    }
    saved.check();
    return () -> {
      reset();
      correct = savedCorrect;
      total = savedTotal;
    };
  }
}
