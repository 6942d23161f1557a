package fluxion.nn.data;

import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link DataLoader}: immutable, each method gives a changed copy.
 *
 * @param batchSize the number of examples of a batch
 * @param shuffle whether each epoch has an order of its own
 * @param seed the seed of orders and of transforms; null to draw one from the default generator,
 *     which {@code Tensors.manualSeed} seeds
 * @param dropLast whether a last batch that is smaller than the others is left out
 * @param workers how many threads make batches ahead of their use; 0 to make each when it is asked
 *     for
 * @param prefetch the most batches that wait for their use; null for two a worker
 */
public record DataLoaderOptions(
    int batchSize,
    boolean shuffle,
    @Nullable Long seed,
    boolean dropLast,
    int workers,
    @Nullable Integer prefetch) {

  /**
   * {@return options with batches of a size, in the order of the data set, made when asked for}
   *
   * @param size the number of examples of a batch
   */
  public static DataLoaderOptions batchSize(int size) {
    return new DataLoaderOptions(size, false, null, false, 0, null);
  }

  /**
   * {@return these options with or without an order of its own for each epoch}
   *
   * @param changed whether there is one
   */
  public DataLoaderOptions shuffle(boolean changed) {
    return new DataLoaderOptions(batchSize, changed, seed, dropLast, workers, prefetch);
  }

  /**
   * {@return these options with a seed}
   *
   * @param changed the seed of orders and of transforms
   */
  public DataLoaderOptions seed(long changed) {
    return new DataLoaderOptions(batchSize, shuffle, changed, dropLast, workers, prefetch);
  }

  /**
   * {@return these options with or without a smaller last batch}
   *
   * @param changed whether it is left out
   */
  public DataLoaderOptions dropLast(boolean changed) {
    return new DataLoaderOptions(batchSize, shuffle, seed, changed, workers, prefetch);
  }

  /**
   * {@return these options with another number of threads}
   *
   * @param changed how many make batches ahead of their use
   */
  public DataLoaderOptions workers(int changed) {
    return new DataLoaderOptions(batchSize, shuffle, seed, dropLast, changed, prefetch);
  }

  /**
   * {@return these options with another number of batches that wait}
   *
   * @param changed the most batches that wait for their use
   */
  public DataLoaderOptions prefetch(int changed) {
    return new DataLoaderOptions(batchSize, shuffle, seed, dropLast, workers, changed);
  }
}
