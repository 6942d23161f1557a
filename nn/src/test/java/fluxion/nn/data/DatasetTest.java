package fluxion.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DatasetTest {
  private static final Dataset TEN =
      new TensorDataset(Tensors.arange(20).reshape(10, 2).toFloat(), Tensors.arange(10));

  private static RandomGenerator[] randoms(int n) {
    return IntStream.range(0, n).mapToObj(i -> Randoms.of(1, 2, i)).toArray(RandomGenerator[]::new);
  }

  private static List<Long> labels(Dataset data) {
    return IntStream.range(0, data.size()).mapToObj(i -> data.get(i).label().itemLong()).toList();
  }

  @Test
  void tensors_give_their_slices_one_by_one_and_as_batches() {
    Example example = TEN.get(3);
    assertArrayEquals(new float[] {6, 7}, example.input().toFloatArray());
    assertEquals(Shape.SCALAR, example.label().shape());
    assertEquals(3, example.label().itemLong());
    Batch batch = TEN.batch(new int[] {9, 0}, randoms(2));
    assertEquals(2, batch.size());
    assertArrayEquals(new float[] {18, 19, 0, 1}, batch.inputs().toFloatArray());
    assertArrayEquals(new long[] {9, 0}, batch.labels().toLongArray());
    assertEquals(Device.CPU, batch.to(Device.CPU).inputs().device());
  }

  @Test
  void tensors_of_different_first_sizes_are_no_data_set() {
    assertEquals(
        "Size mismatch between tensors: inputs [3, 2] and labels [4] have no first size in common",
        assertThrows(
                ShapeException.class,
                () -> new TensorDataset(Tensors.zeros(3, 2), Tensors.zeros(4)))
            .getMessage());
    assertThrows(
        ShapeException.class, () -> new TensorDataset(Tensors.tensor(1f), Tensors.zeros(1)));
  }

  @Test
  void there_is_no_example_before_the_first_and_behind_the_last() {
    Dataset pixels = new PixelDataset(1, 1, 1, 1, new byte[10][1], new byte[10]);
    for (Dataset data : List.of(TEN, TEN.subset(0, 1, 2), TEN.concat(TEN), pixels)) {
      for (int index : new int[] {-1, data.size()}) {
        String message = "there is no example " + index + " in a data set of " + data.size();
        assertEquals(
            message + " examples",
            assertThrows(IndexException.class, () -> data.get(index)).getMessage());
        assertThrows(IndexException.class, () -> data.batch(new int[] {0, index}, randoms(2)));
      }
    }
    assertThrows(IndexException.class, () -> TEN.subset(0, 10));
  }

  @Test
  void a_subset_has_the_examples_in_its_own_order() {
    Dataset some = TEN.subset(7, 7, 2);
    assertEquals(List.of(7L, 7L, 2L), labels(some));
    assertTrue(some.isUniform());
    assertArrayEquals(
        new long[] {2, 7}, some.batch(new int[] {2, 0}, randoms(2)).labels().toLongArray());
  }

  @Test
  void data_sets_stand_one_behind_the_other() {
    Dataset all = TEN.subset(4).concat(TEN.subset(), TEN.subset(8, 9));
    assertEquals(List.of(4L, 8L, 9L), labels(all));
    assertArrayEquals(
        new long[] {9, 4}, all.batch(new int[] {2, 0}, randoms(2)).labels().toLongArray());
  }

  @Test
  void a_random_split_has_every_example_once_and_may_be_had_again() {
    List<Dataset> parts = TEN.randomSplit(4, 7, 0, 3);
    assertEquals(List.of(7, 0, 3), parts.stream().map(Dataset::size).toList());
    List<Long> all = labels(parts.get(0).concat(parts.get(1), parts.get(2)));
    assertEquals(labels(TEN), all.stream().sorted().toList());
    assertFalse(labels(TEN).equals(all));
    assertEquals(labels(parts.get(2)), labels(TEN.randomSplit(4, 7, 0, 3).get(2)));
    String message =
        assertThrows(ArgumentException.class, () -> TEN.randomSplit(0, 5, 6)).getMessage();
    assertEquals(
        "Sum of input lengths does not equal the length of the input dataset! The lengths are"
            + " [5, 6], the data set has 10 examples",
        message);
    assertThrows(ArgumentException.class, () -> TEN.randomSplit(0, 11, -1));
  }

  /** A transform that counts its calls. */
  private static final class Doubled implements Transform {
    private final boolean batches;
    private int calls;

    Doubled(boolean batches) {
      this.batches = batches;
    }

    @Override
    public Tensor apply(Tensor input, RandomGenerator random) {
      calls++;
      return input.mul(2);
    }

    @Override
    public boolean mapsBatches() {
      return batches;
    }
  }

  @Test
  void a_transform_without_chance_is_applied_to_a_batch_at_once() {
    Doubled whole = new Doubled(true);
    Doubled single = new Doubled(false);
    int[] indices = {1, 5, 8};
    Batch a = TEN.map(whole).batch(indices, randoms(3));
    Batch b = TEN.map(single).batch(indices, randoms(3));
    assertEquals(1, whole.calls);
    assertEquals(3, single.calls);
    assertArrayEquals(new float[] {4, 6, 20, 22, 32, 34}, a.inputs().toFloatArray());
    assertArrayEquals(a.inputs().toFloatArray(), b.inputs().toFloatArray());
    assertArrayEquals(a.labels().toLongArray(), b.labels().toLongArray());
    assertFalse(new Numbers(4).map(whole).isUniform());
    assertFalse(TEN.map(single).map(whole).isUniform());
    assertFalse(TEN.map(whole.then(single)).isUniform());
    assertTrue(TEN.map(whole.then(whole)).isUniform());
  }

  @Test
  void transforms_of_one_example_draw_from_one_stream() {
    Transform draw = (input, random) -> Tensors.tensor(random.nextDouble());
    Dataset twice = TEN.map(draw).map((x, random) -> Tensors.tensor(x.item(), random.nextDouble()));
    double[] drawn = twice.get(3).input().toDoubleArray();
    assertTrue(drawn[0] != drawn[1]);
    assertArrayEquals(drawn, twice.get(3).input().toDoubleArray());
    assertTrue(drawn[0] != twice.get(4).input().toDoubleArray()[0]);
  }

  @Test
  void pixels_are_bytes_with_their_statistics() {
    byte[][] pixels = {{0, 51, 102, (byte) 153}, {(byte) 204, (byte) 255, 0, 51}};
    PixelDataset data = new PixelDataset(1, 2, 2, 300, pixels, new byte[] {0, (byte) 200});
    assertEquals(255, data.pixel(1, 0, 0, 1));
    assertEquals(200, data.label(1));
    Example example = data.get(1);
    assertEquals(DType.UINT8, example.input().dtype());
    assertEquals(Shape.of(1, 2, 2), example.input().shape());
    assertArrayEquals(new long[] {204, 255, 0, 51}, example.input().toLongArray());
    // channel 0 is 0, 0.4, 0.8, 0; channel 1 is 0.2, 0.6, 1, 0.2
    assertArrayEquals(new double[] {0.3, 0.5}, data.mean(), 1e-12);
    double[] variance = {(0.09 + 0.01 + 0.25 + 0.09) / 4, (0.09 + 0.01 + 0.25 + 0.09) / 4};
    assertArrayEquals(
        new double[] {Math.sqrt(variance[0]), Math.sqrt(variance[1])}, data.std(), 1e-12);
    assertEquals(
        "2 images have 1 labels",
        assertThrows(
                ArgumentException.class, () -> new PixelDataset(1, 2, 2, 3, pixels, new byte[1]))
            .getMessage());
    assertEquals(
        "an image of 1 x 3 has 4 bytes",
        assertThrows(
                ArgumentException.class, () -> new PixelDataset(1, 3, 2, 3, pixels, new byte[2]))
            .getMessage());
  }
}
