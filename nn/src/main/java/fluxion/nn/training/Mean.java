package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.nn.Stateful;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weighted mean of numbers, such as the losses of the batches of an epoch, each weighted by the
 * number of its examples. It is summed in float64, in the order of the updates.
 *
 * {@snippet :
 * var loss = new Mean();
 * loss.update(batchLoss, batchSize);   // waits for nothing
 * System.out.println(loss.value());
 * }
 */
public final class Mean implements Stateful {
  private final PendingNumbers pending = new PendingNumbers(this::take);
  private final Deque<Double> pendingWeights = new ArrayDeque<>();
  private double sum;
  private double weight;

  /** Makes the mean of nothing yet. */
  public Mean() {}

  private void take(double value) {
    add(value, pendingWeights.remove());
  }

  private void add(double value, double by) {
    sum += value * by;
    weight += by;
  }

  private static void checkWeight(double by) {
    if (!(by >= 0 && Double.isFinite(by))) {
      throw new ArgumentException("a weight is a number from 0, not " + by);
    }
  }

  /**
   * Takes a number that counts once.
   *
   * @param value a tensor of one element
   * @throws ArgumentException if it has another number of elements
   */
  public void update(Tensor value) {
    update(value, 1);
  }

  /**
   * Takes a number. It is read later.
   *
   * @param value a tensor of one element
   * @param by how much it counts
   * @throws ArgumentException if it has another number of elements, or the weight is negative or
   *     not finite
   */
  public void update(Tensor value, double by) {
    checkWeight(by);
    if (value.numel() != 1) {
      throw new ArgumentException(
          "a mean is updated with a tensor of one element, not of shape " + value.shape());
    }
    // what is read to make room must find the weights that it came with
    pending.add(value);
    pendingWeights.add(by);
  }

  /**
   * Takes a number.
   *
   * @param value the number
   * @param by how much it counts
   * @throws ArgumentException if the weight is negative or not finite
   */
  public void update(double value, double by) {
    checkWeight(by);
    pending.read();
    add(value, by);
  }

  /** {@return the mean so far; NaN of nothing} */
  public double value() {
    pending.read();
    return sum / weight;
  }

  /** Starts anew. */
  public void reset() {
    pending.clear();
    pendingWeights.clear();
    sum = 0;
    weight = 0;
  }

  @Override
  public Map<String, Object> stateDict() {
    pending.read();
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("sum", sum);
    dict.put("weight", weight);
    return dict;
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    SavedFields saved = new SavedFields(this, dict);
    double savedSum = saved.number("sum");
    double savedWeight = saved.number("weight");
    saved.check();
    return () -> {
      reset();
      sum = savedSum;
      weight = savedWeight;
    };
  }
}
