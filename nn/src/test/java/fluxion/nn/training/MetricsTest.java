package fluxion.nn.training;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Memory;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Stateful;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  /** Three scores for each of four examples. */
  private static final Tensor SCORES =
      tensor(
          new float[][] {
            {0.1f, 0.7f, 0.2f}, {0.6f, 0.3f, 0.1f}, {0.2f, 0.3f, 0.5f}, {0.5f, 0, 0.4f}
          });

  private static final Tensor TARGETS = tensor(1L, 1L, 2L, 1L);

  private static String refusal(Runnable call) {
    return assertThrows(ArgumentException.class, call::run).getMessage();
  }

  // ---- means

  @Test
  void a_mean_weighs_each_number() {
    Mean mean = new Mean();
    mean.update(tensor(1f), 3);
    mean.update(tensor(5f).requiresGrad_(), 1);
    assertEquals(2, mean.value());
    mean.update(8, 2);
    assertEquals(4, mean.value());
    mean.reset();
    mean.update(tensor(new double[][] {{0.1}}));
    assertEquals(0.1, mean.value());
    mean.reset();
    assertTrue(Double.isNaN(mean.value()), "of nothing");
  }

  @Test
  void a_mean_is_exact_however_many_numbers_wait_and_whatever_they_are() {
    Mean mean = new Mean();
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      Tensor number = i % 7 == 0 ? tensor(i / 8.0) : tensor(i / 8f);
      mean.update(number, i % 3);
      sum += i / 8.0 * (i % 3);
    }
    assertEquals(sum / 999, mean.value());
  }

  @Test
  void what_is_noted_may_change_later_and_outlives_its_scope() {
    Mean mean = new Mean();
    try (var _ = Memory.scope()) {
      Tensor loss = tensor(2f);
      mean.update(loss);
      loss.zero_();
    }
    assertEquals(2, mean.value());
  }

  @Test
  void a_mean_refuses_what_it_cannot_weigh() {
    Mean mean = new Mean();
    assertEquals(
        "a mean is updated with a tensor of one element, not of shape [2]",
        refusal(() -> mean.update(tensor(1f, 2f))));
    assertEquals("a weight is a number from 0, not -1.0", refusal(() -> mean.update(1, -1)));
    assertEquals(
        "a weight is a number from 0, not NaN", refusal(() -> mean.update(tensor(1f), Double.NaN)));
    assertTrue(Double.isNaN(mean.value()), "nothing was taken");
  }

  // ---- accuracy

  @Test
  void accuracy_counts_where_the_largest_score_is_that_of_the_class() {
    Accuracy accuracy = new Accuracy();
    accuracy.update(SCORES, TARGETS);
    assertEquals(0.5, accuracy.value());
    accuracy.update(tensor(1L, 2L), tensor(1L, 2L));
    assertEquals(4 / 6.0, accuracy.value(), "classes instead of scores");
    accuracy.reset();
    assertTrue(Double.isNaN(accuracy.value()));
  }

  @Test
  void accuracy_of_the_top_k_counts_where_the_class_is_among_the_k_largest() {
    Accuracy two = new Accuracy(2);
    two.update(SCORES, TARGETS);
    assertEquals(0.75, two.value());
    Accuracy three = new Accuracy(3);
    three.update(SCORES, TARGETS);
    assertEquals(1, three.value());
  }

  @Test
  void scores_may_have_places_behind_the_classes() {
    // [N = 1, classes = 2, places = 3]
    Tensor scores = tensor(new float[][][] {{{1, 0, 1}, {0, 1, 2}}});
    Tensor targets = tensor(new long[][] {{0, 0, 1}});
    Accuracy accuracy = new Accuracy();
    accuracy.update(scores, targets);
    assertEquals(2 / 3.0, accuracy.value());
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.update(scores, targets);
    assertArrayEquals(new long[] {1, 1, 0, 1}, matrix.value().toLongArray());
  }

  @Test
  void accuracy_refuses_what_does_not_fit() {
    Accuracy accuracy = new Accuracy(4);
    assertEquals(
        "accuracy of the top 4 of 3 classes", refusal(() -> accuracy.update(SCORES, TARGETS)));
    assertEquals(
        "accuracy of the top k classes needs a k from 1, not 0", refusal(() -> new Accuracy(0)));
    String shapes =
        "expected scores of shape [N, classes, ...] for targets of shape [N, ...], or classes of"
            + " the targets' shape, found [4, 3] for ";
    assertEquals(shapes + "[3]", refusal(() -> new Accuracy().update(SCORES, tensor(1L, 2L, 0L))));
    assertEquals(
        shapes + "[4, 3]", refusal(() -> new Accuracy().update(SCORES, SCORES.to(DType.INT64))));
    assertEquals(
        "targets are classes, integers, not torch.float32",
        refusal(() -> new Accuracy().update(SCORES, tensor(1f, 1f, 2f, 1f))));
  }

  // ---- confusion matrices

  @Test
  void a_row_is_a_class_and_a_column_a_prediction() {
    ConfusionMatrix matrix = new ConfusionMatrix(10);
    matrix.update(tensor(3L, 8L, 3L, 8L), tensor(3L, 3L, 3L, 8L));
    assertEquals(0.75, matrix.accuracy());
    List<String> lines = matrix.toString().lines().toList();
    assertEquals(
        "class |    0    1    2    3    4    5    6    7    8    9   <- prediction", lines.get(0));
    assertEquals("    3 |    .    .    .    2    .    .    .    .    1    .", lines.get(5));
    assertEquals("    8 |    .    .    .    .    .    .    .    .    1    .", lines.get(10));
  }

  @Test
  void a_table_is_as_wide_as_its_numbers() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.update(
        Tensors.zeros(TensorOptions.of(DType.INT64), 12345),
        Tensors.zeros(TensorOptions.of(DType.INT64), 12345));
    assertEquals("    0 |  12345      .", matrix.toString().lines().toList().get(2));
  }

  @Test
  void a_matrix_tells_recall_and_precision_of_each_class() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.update(SCORES, TARGETS);
    matrix.update(SCORES, TARGETS);
    assertArrayEquals(new long[] {0, 0, 0, 4, 2, 0, 0, 0, 2}, matrix.value().toLongArray(), "rows");
    assertEquals(Shape.of(3, 3), matrix.value().shape());
    assertArrayEquals(new double[] {Double.NaN, 2 / 6.0, 1}, matrix.recall());
    assertArrayEquals(new double[] {0, 1, 1}, matrix.precision());
    assertEquals(0.5, matrix.accuracy());
    matrix.reset();
    assertEquals(0, matrix.value().sum().itemLong());
  }

  @Test
  void what_is_no_class_is_told_when_the_matrix_is_read() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.update(tensor(0L, 1L, 3L), tensor(-1L, 1L, 0L));
    assertEquals("2 targets or predictions are no class from 0 to 2", refusal(matrix::accuracy));
    assertEquals(
        "a confusion matrix of 4 classes cannot count scores of 3",
        refusal(() -> new ConfusionMatrix(4).update(SCORES, TARGETS)));
    assertEquals(
        "a confusion matrix has 1 to 10000 classes, not 0", refusal(() -> new ConfusionMatrix(0)));
  }

  // ---- state

  private static void move(Stateful from, Stateful to) {
    to.prepareLoad(from.stateDict()).run();
    assertEquals(from.stateDict().toString(), to.stateDict().toString());
  }

  @Test
  void metrics_go_on_from_saved_state() {
    Mean mean = new Mean();
    mean.update(tensor(3f), 2);
    Mean otherMean = new Mean();
    otherMean.update(tensor(9f));
    move(mean, otherMean);
    assertEquals(3, otherMean.value());

    Accuracy accuracy = new Accuracy();
    accuracy.update(SCORES, TARGETS);
    Accuracy otherAccuracy = new Accuracy();
    otherAccuracy.update(SCORES, TARGETS);
    move(accuracy, otherAccuracy);
    otherAccuracy.update(tensor(1L), tensor(1L));
    assertEquals(3 / 5.0, otherAccuracy.value());

    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.update(SCORES, TARGETS);
    ConfusionMatrix otherMatrix = new ConfusionMatrix(3);
    move(matrix, otherMatrix);
    otherMatrix.update(tensor(2L), tensor(2L));
    assertEquals(3 / 5.0, otherMatrix.accuracy());
    assertEquals(2 / 4.0, matrix.accuracy(), "they share nothing");
  }

  @Test
  void metrics_refuse_the_state_of_others() {
    assertEquals(
        "loaded state dict does not fit Mean:\n\tsum: expected a number\n\tweight: missing",
        refusal(() -> new Mean().prepareLoad(Map.of("sum", "much"))));
    assertEquals(
        "loaded state dict does not fit Accuracy:\n\tk: expected 5, found 1",
        refusal(() -> new Accuracy(5).prepareLoad(new Accuracy().stateDict())));
    assertEquals(
        "loaded state dict does not fit ConfusionMatrix:\n"
            + "\tcounts: expected torch.int64 of shape [3, 3], found torch.int64 of [2, 2]",
        refusal(() -> new ConfusionMatrix(3).prepareLoad(new ConfusionMatrix(2).stateDict())));
  }
}
