package fluxion.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.FormatException;
import fluxion.api.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class DataLoaderTest {

  /** The labels of the batches of one epoch. */
  private static List<List<Long>> epoch(DataLoader loader) {
    List<List<Long>> labels = new ArrayList<>();
    for (Batch batch : loader) {
      labels.add(LongStream.of(batch.labels().toLongArray()).boxed().toList());
    }
    return labels;
  }

  private static List<Long> flat(List<List<Long>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  /** Waits until the threads that asked for examples have ended. */
  private static void joinAll(Numbers data) throws InterruptedException {
    for (Thread thread : data.threads()) {
      assertTrue(thread.isVirtual());
      assertTrue(thread.join(Duration.ofSeconds(30)), "a thread stayed behind");
    }
  }

  private static String refused(Dataset data, DataLoaderOptions options) {
    return assertThrows(ArgumentException.class, () -> new DataLoader(data, options)).getMessage();
  }

  // ---- order

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void batches_come_in_the_order_of_the_data_set_and_the_last_may_be_smaller(int workers) {
    DataLoader loader =
        new DataLoader(new Numbers(7), DataLoaderOptions.batchSize(3).workers(workers));
    List<List<Long>> expected = List.of(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L), List.of(6L));
    assertEquals(3, loader.batches());
    assertEquals(expected, epoch(loader));
    assertEquals(expected, epoch(loader), "the next epoch");
  }

  @Test
  void a_smaller_last_batch_is_left_out_if_that_is_asked_for() {
    DataLoader loader =
        new DataLoader(new Numbers(7), DataLoaderOptions.batchSize(3).dropLast(true));
    assertEquals(2, loader.batches());
    assertEquals(List.of(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L)), epoch(loader));
  }

  @Test
  void a_shuffled_epoch_has_every_example_once_in_an_order_of_its_own() {
    DataLoaderOptions options = DataLoaderOptions.batchSize(8).shuffle(true).seed(5);
    DataLoader loader = new DataLoader(new Numbers(100), options);
    List<Long> first = flat(epoch(loader));
    List<Long> second = flat(epoch(loader));
    List<Long> all = LongStream.range(0, 100).boxed().toList();
    assertNotEquals(all, first);
    assertNotEquals(first, second);
    assertEquals(all, first.stream().sorted().toList());
    assertEquals(all, second.stream().sorted().toList());
    assertEquals(2, loader.epoch());

    DataLoader again = new DataLoader(new Numbers(100), options.workers(2));
    again.setEpoch(1);
    assertEquals(second, flat(epoch(again)), "an order depends on seed and epoch alone");
    again.setEpoch(1, 3);
    assertEquals(second.subList(24, 100), flat(epoch(again)), "begun within the epoch");
    again.setEpoch(1, 13);
    assertEquals(List.of(), epoch(again));
    assertNotEquals(first, flat(epoch(new DataLoader(new Numbers(100), options.seed(6)))));
  }

  @Test
  void every_order_of_three_is_as_probable_as_any_other() {
    DataLoader loader =
        new DataLoader(new Numbers(3), DataLoaderOptions.batchSize(3).shuffle(true).seed(0));
    java.util.Map<List<List<Long>>, Integer> counts = new java.util.HashMap<>();
    for (int i = 0; i < 1200; i++) {
      counts.merge(epoch(loader), 1, Integer::sum);
    }
    assertEquals(6, counts.size());
    // 200 each are expected, with a standard deviation of 13
    assertTrue(counts.values().stream().allMatch(c -> c > 140 && c < 260), counts.toString());
  }

  @Test
  void without_a_seed_the_default_generator_gives_one() {
    DataLoaderOptions options = DataLoaderOptions.batchSize(8).shuffle(true);
    Tensors.manualSeed(3);
    DataLoader a = new DataLoader(new Numbers(50), options);
    DataLoader b = new DataLoader(new Numbers(50), options);
    Tensors.manualSeed(3);
    DataLoader c = new DataLoader(new Numbers(50), options);
    assertNotEquals(a.seed(), b.seed());
    assertEquals(a.seed(), c.seed());
    assertEquals(epoch(a), epoch(c));
  }

  /** Examples of even batches are ready when one of the next batch is asked for, not before. */
  private static final class Late extends Numbers {
    private static final int BATCH = 4;
    private final boolean waits;
    private final List<CountDownLatch> begun =
        Stream.generate(() -> new CountDownLatch(1)).limit(16).toList();

    Late(boolean waits) {
      super(64);
      this.waits = waits;
    }

    @Override
    public Example get(int index) {
      int batch = index / BATCH;
      begun.get(batch).countDown();
      if (waits && batch % 2 == 0) {
        try {
          begun.get(batch + 1).await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      return super.get(index);
    }
  }

  private static List<float[]> inputs(int workers, long seed) {
    Dataset data =
        new Late(workers > 1)
            .map((x, random) -> x.add(random.nextDouble()))
            .map((x, random) -> x.mul(random.nextGaussian()));
    List<float[]> inputs = new ArrayList<>();
    DataLoaderOptions options = DataLoaderOptions.batchSize(Late.BATCH).seed(seed);
    DataLoader loader = new DataLoader(data, options.workers(workers).prefetch(8));
    for (Batch batch : loader) {
      inputs.add(batch.inputs().toFloatArray());
    }
    return inputs;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void content_and_order_do_not_depend_on_workers_and_their_timing(int workers) {
    List<float[]> alone = inputs(0, 9);
    List<float[]> together = inputs(workers, 9);
    assertEquals(16, together.size());
    for (int i = 0; i < alone.size(); i++) {
      assertArrayEquals(alone.get(i), together.get(i), 0f);
    }
    assertFalse(java.util.Arrays.equals(alone.get(0), inputs(0, 10).get(0)), "another seed");
  }

  @Test
  void chance_differs_between_epochs_and_examples_and_may_be_had_again() {
    Dataset data = new Numbers(4).map((x, random) -> x.mul(0).add(random.nextDouble()));
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(4).seed(1));
    float[] first = loader.iterator().next().inputs().toFloatArray();
    float[] second = loader.iterator().next().inputs().toFloatArray();
    assertNotEquals(first[0], first[1]);
    assertNotEquals(first[0], second[0]);
    loader.setEpoch(0);
    assertArrayEquals(first, loader.iterator().next().inputs().toFloatArray());
  }

  // ---- threads and memory

  private static void assertAsked(int expected, Numbers data) throws InterruptedException {
    while (data.asked() < expected) {
      Thread.onSpinWait();
    }
    joinAll(data);
    assertEquals(expected, data.asked());
  }

  @Test
  void no_more_batches_wait_than_were_asked_for() throws InterruptedException {
    Numbers data = new Numbers(100);
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(5).workers(2).prefetch(3));
    Iterator<Batch> batches = loader.iterator();
    batches.next();
    assertAsked(5 * (1 + 3), data);
    batches.next();
    batches.next();
    assertAsked(5 * (3 + 3), data);
  }

  @Test
  void a_loop_that_is_left_early_leaves_no_thread() throws InterruptedException {
    Numbers data = new Numbers(100);
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(5).workers(4));
    for (Batch batch : loader) {
      assertEquals(5, batch.size());
      break;
    }
    joinAll(data);
    assertTrue(data.asked() <= 5 * (1 + 8), "two batches a worker wait: " + data.asked());
    assertEquals(20, epoch(loader).size(), "the next epoch is whole");
    joinAll(data);
  }

  @Test
  void closing_ends_the_threads_and_the_loader() {
    Numbers data = new Numbers(100);
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(5).workers(4));
    Iterator<Batch> batches = loader.iterator();
    batches.next();
    loader.close();
    assertTrue(data.threads().stream().noneMatch(Thread::isAlive));
    assertFalse(batches.hasNext());
    assertEquals(
        "the loader was closed",
        assertThrows(ArgumentException.class, loader::iterator).getMessage());
    loader.close();
  }

  @Test
  void closing_while_a_batch_is_made_ends_it_after_the_example_at_hand() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Numbers data =
        new Numbers(1000) {
          @Override
          public Example get(int index) {
            begun.countDown();
            try {
              interrupted.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return super.get(index);
          }
        };
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(1000).workers(1));
    Iterator<Batch> batches = loader.iterator();
    begun.await();
    Thread closing = Thread.ofVirtual().start(loader::close);
    while (batches.hasNext()) {
      Thread.onSpinWait();
    }
    interrupted.countDown();
    closing.join();
    assertEquals(1, data.asked());
    joinAll(data);
  }

  @Test
  void workers_record_no_gradients() {
    Dataset data =
        new Numbers(2) {
          @Override
          public Example get(int index) {
            assertFalse(Autograd.isGradEnabled());
            return super.get(index);
          }
        };
    for (int workers : new int[] {0, 1}) {
      DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(2).workers(workers));
      assertEquals(1, epoch(loader).size());
    }
    assertTrue(Autograd.isGradEnabled());
  }

  // ---- errors

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void an_error_of_the_data_set_surfaces_with_its_batch_and_names_the_example(int workers) {
    FormatException cause = new FormatException("a.png: this is no picture");
    Dataset data =
        new Numbers(9) {
          @Override
          public Example get(int index) {
            if (index == 4) {
              throw cause;
            }
            return super.get(index);
          }
        };
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(3).workers(workers));
    Iterator<Batch> batches = loader.iterator();
    assertArrayEquals(new long[] {0, 1, 2}, batches.next().labels().toLongArray());
    assertTrue(batches.hasNext());
    DatasetException error = assertThrows(DatasetException.class, batches::next);
    assertEquals(4, error.index());
    assertEquals("example 4: a.png: this is no picture", error.getMessage());
    assertSame(cause, error.getCause());
    assertArrayEquals(new long[] {6, 7, 8}, batches.next().labels().toLongArray());
    assertFalse(batches.hasNext());
    assertThrows(NoSuchElementException.class, batches::next);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void what_is_no_exception_comes_as_it_is(int workers) {
    StackOverflowError error = new StackOverflowError();
    Dataset data =
        new Numbers(3) {
          @Override
          public Example get(int index) {
            throw error;
          }
        };
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(3).workers(workers));
    assertSame(error, assertThrows(Error.class, loader.iterator()::next));
  }

  @Test
  void examples_that_make_no_batch_are_told() {
    Dataset data = new Numbers(6).map((x, random) -> Tensors.zeros(x.itemLong() + 1));
    DataLoader loader = new DataLoader(data, DataLoaderOptions.batchSize(6));
    DatasetException error = assertThrows(DatasetException.class, loader.iterator()::next);
    assertEquals(
        "the batch of examples 0, 1, 2, 3, …: stack expects each tensor to be equal size, but got"
            + " [1] at entry 0 and [2] at entry 1",
        error.getMessage());
    assertEquals(0, error.index());
  }

  @Test
  void what_makes_no_loader_is_refused() {
    Numbers some = new Numbers(5);
    DataLoaderOptions options = DataLoaderOptions.batchSize(8);
    assertEquals(
        "the data set is empty: there is nothing to load", refused(new Numbers(0), options));
    assertEquals(
        "the data set is empty: there is nothing to load",
        refused(some.subset(), options.shuffle(true)));
    assertEquals(
        "drop_last leaves no batch: a data set of 5 examples is smaller than a batch of 8",
        refused(some, options.dropLast(true)));
    assertEquals(
        "batch_size should be a positive integer value, but got batch_size=0",
        refused(some, DataLoaderOptions.batchSize(0)));
    assertEquals(
        "num_workers option should be non-negative; use num_workers=0 to load on the calling"
            + " thread, but got num_workers=-1",
        refused(some, options.workers(-1)));
    assertEquals(
        "prefetch should be a positive integer value, but got prefetch=0",
        refused(some, options.prefetch(0)));
    DataLoader loader = new DataLoader(some, options);
    assertEquals(
        "there is no batch 2 in an epoch of 1 batches",
        assertThrows(ArgumentException.class, () -> loader.setEpoch(0, 2)).getMessage());
  }
}
