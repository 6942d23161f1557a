package fluxion.nn.data;

import fluxion.api.Autograd;
import fluxion.api.FluxionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes the batches of an epoch, each for itself. */
final class Assembly {
  private static final int NAMED = 4;

  private final Dataset data;
  private final int[] order;
  private final int batchSize;
  private final long seed;
  private final long epoch;
  private volatile boolean stopped;

  /**
   * Makes what makes batches.
   *
   * @param data the data set
   * @param order the numbers of the examples in the order of the epoch
   * @param batchSize the examples of a batch
   * @param seed the seed of transforms
   * @param epoch the number of the epoch
   */
  Assembly(Dataset data, int[] order, int batchSize, long seed, long epoch) {
    this.data = data;
    this.order = order;
    this.batchSize = batchSize;
    this.seed = seed;
    this.epoch = epoch;
  }

  /** Lets batches that are being made end with the example at hand. */
  void stop() {
    stopped = true;
  }

  /**
   * {@return a batch}
   *
   * @param number its number within the epoch
   */
  Batch batch(int number) {
    int from = number * batchSize;
    int[] indices = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
    RandomGenerator[] randoms = new RandomGenerator[indices.length];
    Arrays.setAll(randoms, i -> Randoms.of(seed, epoch, indices[i]));
    try (var _ = Autograd.noGrad()) {
      if (data.isUniform()) {
        return batch(indices, () -> data.batch(indices, randoms));
      }
      List<Example> examples = new ArrayList<>(indices.length);
      for (int i = 0; i < indices.length; i++) {
        if (stopped) {
          throw new FluxionException("the loader was closed");
        }
        examples.add(example(indices[i], randoms[i]));
      }
      return batch(indices, () -> Batch.of(examples));
    }
  }

  private Example example(int index, RandomGenerator random) {
    try {
      return data.get(index, random);
    } catch (RuntimeException e) {
      throw new DatasetException(index, "example " + index + ": " + reason(e), e);
    }
  }

  /** What makes a batch of examples. */
  private interface Collation {
    Batch make();
  }

  private static Batch batch(int[] indices, Collation collation) {
    try {
      return collation.make();
    } catch (RuntimeException e) {
      String some =
          Arrays.stream(indices)
              .limit(NAMED)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      String more = indices.length > NAMED ? ", …" : "";
      throw new DatasetException(
          indices[0], "the batch of examples " + some + more + ": " + reason(e), e);
    }
  }

  private static String reason(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getName() : message;
  }
}
