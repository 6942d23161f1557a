package fluxion.nn.data;

import fluxion.api.ArgumentException;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.IntStream;

/**
 * Makes batches of a data set: each {@link #iterator()} goes through one epoch, the next one
 * through the next epoch.
 *
 * <p>With workers, batches are made ahead of their use on virtual threads. Order and content depend
 * on the seed and the epoch alone, not on the workers. A worker ends when enough batches wait, so
 * that a loop may be left at any time: no thread stays behind. Batches of workers are the garbage
 * collector's; those of a loader without workers belong to the memory scopes of the calling thread,
 * as all that it computes.
 *
 * <p>An error of the data set surfaces when the batch is asked for, as a {@link DatasetException}
 * that says which example it was; the batch after it can be asked for then.
 *
 * <p>A loader and its iterators are for one thread at a time.
 */
public final class DataLoader implements Iterable<Batch>, AutoCloseable {
  private final Dataset data;
  private final DataLoaderOptions options;
  private final long seed;
  private final int batches;
  private final Set<Prefetch> open = Collections.newSetFromMap(new WeakHashMap<>());
  private long epoch;
  private int first;
  private boolean closed;

  /**
   * Makes a loader.
   *
   * @param data the data set
   * @param options how batches are made
   * @throws ArgumentException if the data set is empty, there would be no batch, or an option is
   *     out of range
   */
  public DataLoader(Dataset data, DataLoaderOptions options) {
    require(
        options.batchSize() > 0,
        "batch_size should be a positive integer value, but got batch_size=" + options.batchSize());
    require(
        options.workers() >= 0,
        "num_workers option should be non-negative; use num_workers=0 to load on the calling"
            + " thread, but got num_workers="
            + options.workers());
    Integer prefetch = options.prefetch();
    require(
        prefetch == null || prefetch > 0,
        "prefetch should be a positive integer value, but got prefetch=" + prefetch);
    int size = data.size();
    require(size > 0, "the data set is empty: there is nothing to load");
    this.batches =
        options.dropLast() ? size / options.batchSize() : Math.ceilDiv(size, options.batchSize());
    require(
        batches > 0,
        "drop_last leaves no batch: a data set of "
            + size
            + " examples is smaller than a batch of "
            + options.batchSize());
    this.data = data;
    this.options = options;
    Long given = options.seed();
    this.seed = given == null ? Tensors.randint(0, Integer.MAX_VALUE).itemLong() : given;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new ArgumentException(message);
    }
  }

  /** {@return the number of batches an epoch} */
  public int batches() {
    return batches;
  }

  /** {@return the number of the epoch through which the next iterator goes, from 0} */
  public long epoch() {
    return epoch;
  }

  /** {@return the seed, given or drawn} */
  public long seed() {
    return seed;
  }

  /**
   * Says through which epoch the next iterator goes.
   *
   * @param number the number of the epoch, from 0
   */
  public void setEpoch(long number) {
    setEpoch(number, 0);
  }

  /**
   * Says through which epoch the next iterator goes, and where it begins: where a run went that is
   * taken up again.
   *
   * @param number the number of the epoch, from 0
   * @param batch the number of its first batch; that of {@link #batches()} for none
   * @throws ArgumentException if there is no such batch
   */
  public void setEpoch(long number, int batch) {
    require(
        batch >= 0 && batch <= batches,
        "there is no batch " + batch + " in an epoch of " + batches + " batches");
    epoch = number;
    first = batch;
  }

  /**
   * {@return the batches of the next epoch, in order}
   *
   * @throws ArgumentException if this loader was closed
   */
  @Override
  public Iterator<Batch> iterator() {
    require(!closed, "the loader was closed");
    int size = data.size();
    int[] order =
        options.shuffle() ? Randoms.permutation(size, Randoms.of(seed, epoch)) : counted(size);
    Assembly assembly = new Assembly(data, order, options.batchSize(), seed, epoch);
    int from = first;
    epoch++;
    first = 0;
    if (options.workers() == 0) {
      PrimitiveIterator.OfInt numbers = IntStream.range(from, batches).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return numbers.hasNext();
        }

        @Override
        public Batch next() {
          return assembly.batch(numbers.nextInt());
        }
      };
    }
    Integer given = options.prefetch();
    int most = given == null ? Math.multiplyExact(2, options.workers()) : given;
    Prefetch prefetch = new Prefetch(assembly, from, batches, options.workers(), most);
    open.add(prefetch);
    prefetch.start();
    return prefetch;
  }

  private static int[] counted(int n) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /**
   * Stops the workers of all iterators and waits until they have ended, which they do after the
   * example at hand. Not needed after a loop, whole or left early. Closing again does nothing.
   */
  @Override
  public void close() {
    closed = true;
    open.forEach(Prefetch::close);
    open.clear();
  }
}
