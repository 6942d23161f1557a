package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Losses of probabilities, margins and sequences. */
final class LossesTest {
  private static double[] gradient(Tensor y, Tensor x) {
    return Autograd.grad(y, x).toDoubleArray();
  }

  private static void assertRefused(String message, Executable call) {
    String found = String.valueOf(assertThrows(FluxionException.class, call).getMessage());
    assertTrue(found.contains(message), found);
  }

  @Test
  void a_divergence_is_zero_of_equal_distributions_and_counts_no_impossible_target() {
    Tensor target = tensor(0.25, 0.75);
    Tensor same = target.log();
    assertEquals(0, Ops.call("kl_div", same, target, "sum").item(), 1e-15);
    Tensor even = tensor(0.5, 0.5).log();
    double expected = 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5);
    assertEquals(expected, Ops.call("kl_div", even, target, "sum").item(), 1e-15);
    assertEquals(
        expected,
        Ops.call("kl_div", List.of(even, same, "sum"), Map.of("log_target", true)).item(),
        1e-15);
    Tensor certain = tensor(0.0, 1);
    assertArrayEquals(
        new double[] {0, Math.log(2)},
        Ops.call("kl_div", even, certain, "none").toDoubleArray(),
        1e-15);
  }

  @Test
  void a_batch_mean_divides_by_the_size_of_the_batch() {
    Tensor x = tensor(new double[][] {{-1, -2, -3}, {-2, -1, -1}});
    Tensor target = tensor(new double[][] {{0.2, 0.3, 0.5}, {0.5, 0.25, 0.25}});
    double sum = Ops.call("kl_div", x, target, "sum").item();
    assertEquals(sum / 2, Ops.call("kl_div", x, target, "batchmean").item(), 1e-15);
    assertEquals(sum / 6, Ops.call("kl_div", x, target).item(), 1e-15);
  }

  @Test
  void logarithms_in_binary_cross_entropy_are_held_at_minus_100() {
    Tensor x = tensor(0.0, 1, 0.25);
    Tensor target = tensor(1.0, 0, 1);
    assertArrayEquals(
        new double[] {100, 100, Math.log(4)},
        Ops.call("binary_cross_entropy", x, target, null, "none").toDoubleArray(),
        1e-14);
    Tensor weight = tensor(2.0).requiresGrad_();
    assertRefused(
        "The function 'binary_cross_entropy' is not differentiable with respect to argument"
            + " 'weight'. This input cannot have requires_grad True.",
        () -> Ops.call("binary_cross_entropy", x, target, weight));
    assertRefused(
        "all elements of input should be between 0 and 1",
        () -> Ops.call("binary_cross_entropy", tensor(Double.NaN), tensor(1.0)));
  }

  @Test
  void margins_are_those_of_the_documentation() {
    Tensor scores = tensor(new double[][] {{0.1, 0.2, 0.4, 0.8}});
    // 0.25 · ((1 − (0.8 − 0.1)) + (1 − (0.8 − 0.2)) + (1 − (0.8 − 0.4)))
    assertEquals(
        0.325, Ops.call("multi_margin_loss", scores, tensor(new long[] {3})).item(), 1e-15);
    // 0.25 · ((1 − (0.1 − 0.2)) + (1 − (0.1 − 0.4)) + (1 − (0.8 − 0.2)) + (1 − (0.8 − 0.4)))
    Tensor labels = tensor(new long[][] {{3, 0, -1, 1}});
    assertEquals(0.85, Ops.call("multilabel_margin_loss", scores, labels).item(), 1e-15);
  }

  @Test
  void margins_of_one_row_give_one_number_whatever_the_reduction() {
    Tensor row = tensor(0.1, 0.2, 0.4, 0.8);
    Tensor one = Ops.call("multi_margin_loss", row, tensor(3L), 2, 1, null, "none");
    assertEquals(0, one.dim());
    assertEquals(0.25 * (0.09 + 0.16 + 0.36), one.item(), 1e-15);
    assertEquals(0, Ops.call("multilabel_margin_loss", row, tensor(3L, 0, -1, 1), "none").dim());
    assertRefused("target out of range", () -> Ops.call("multi_margin_loss", row, tensor(4L)));
    assertRefused(
        "only p == 1 and p == 2 supported",
        () -> Ops.call("multi_margin_loss", row, tensor(3L), 3));
    assertRefused(
        "inconsistent target size", () -> Ops.call("multilabel_margin_loss", row, tensor(3L, 0)));
  }

  @Test
  void an_embedding_is_pulled_or_pushed_by_the_sign_of_its_target() {
    Tensor x = tensor(0.5, 0.5, 2).requiresGrad_();
    Tensor loss = Ops.call("hinge_embedding_loss", x, tensor(1L, -1, -1), 1.0, "none");
    assertArrayEquals(new double[] {0.5, 0.5, 0}, loss.toDoubleArray());
    assertArrayEquals(new double[] {1, -1, 0}, gradient(loss.sum(), x));
    Tensor left = tensor(new double[][] {{1, 0}, {1, 0}, {1, 0}});
    Tensor right = tensor(new double[][] {{0, 2}, {3, 0}, {0, 1}});
    assertArrayEquals(
        new double[] {1, 0.75, 0},
        Ops.call("cosine_embedding_loss", left, right, tensor(1L, -1, -1), 0.25, "none")
            .toDoubleArray(),
        1e-11);
    assertRefused(
        "0D or 1D target tensor expected, multi-target not supported",
        () -> Ops.call("cosine_embedding_loss", left, right, zeros(3, 1)));
    assertRefused(
        "1D target tensor expects 2D input tensors, but found inputs with sizes",
        () -> Ops.call("cosine_embedding_loss", left.select(0, 0), right, tensor(1L, 1)));
  }

  @Test
  void a_triplet_may_swap_anchor_and_positive() {
    Tensor anchor = tensor(new double[][] {{0}});
    Tensor positive = tensor(new double[][] {{3}});
    Tensor negative = tensor(new double[][] {{4}});
    List<Object> arguments = List.of(anchor, positive, negative, 1.0, 2.0, 0.0);
    assertEquals(0, Ops.call("triplet_margin_loss", arguments, Map.of()).item());
    assertEquals(3, Ops.call("triplet_margin_loss", arguments, Map.of("swap", true)).item(), 1e-15);
    assertRefused(
        "The anchor, positive, and negative tensors are expected to have the same number of"
            + " dimensions, but got: anchor 2D, positive 1D, and negative 2D inputs",
        () -> Ops.call("triplet_margin_loss", anchor, positive.select(0, 0), negative));
  }

  @Test
  void gradients_pass_the_bound_of_a_variance() {
    Tensor variance = tensor(0.0, 2).requiresGrad_();
    Tensor loss =
        Ops.call("gaussian_nll_loss", tensor(1.0, 1), tensor(1.0, 3), variance, false, 0.5, "none");
    assertArrayEquals(
        new double[] {0.5 * Math.log(0.5), 0.5 * (Math.log(2) + 2)}, loss.toDoubleArray(), 1e-15);
    // (1 / v − d² / v²) / 2 at v = 0.5 and d = 0, and at v = 2 and d = 2
    assertArrayEquals(new double[] {1, -0.25}, gradient(loss.sum(), variance), 1e-15);
    assertRefused(
        "var has negative entry/entries",
        () -> Ops.call("gaussian_nll_loss", zeros(2), zeros(2), tensor(1.0, -1)));
    assertRefused(
        "var is of incorrect size",
        () -> Ops.call("gaussian_nll_loss", zeros(2, 3), zeros(2, 3), zeros(3)));
  }

  @Test
  void stirling_s_term_counts_above_one_only() {
    Tensor target = tensor(1.0, 3);
    Tensor plain = Ops.call("poisson_nll_loss", zeros(2), target, true, false, 1e-8, "none");
    Tensor full = Ops.call("poisson_nll_loss", zeros(2), target, true, true, 1e-8, "none");
    double term = 3 * Math.log(3) - 3 + 0.5 * Math.log(6 * Math.PI);
    assertArrayEquals(new double[] {0, term}, full.sub(plain).toDoubleArray(), 1e-14);
  }

  @Test
  void a_soft_margin_does_not_overflow() {
    assertEquals(1000, Ops.call("soft_margin_loss", tensor(1000.0), tensor(-1.0)).item());
  }

  // ---- connectionist temporal classification

  /** The probability of a label sequence: the sum over every path that collapses to it. */
  private static double likelihood(double[][] probabilities, List<Integer> labels) {
    int steps = probabilities.length;
    int classes = probabilities[0].length;
    double total = 0;
    for (int code = 0; code < Math.pow(classes, steps); code++) {
      double product = 1;
      int rest = code;
      int before = 0;
      List<Integer> collapsed = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        int c = rest % classes;
        rest /= classes;
        product *= probabilities[step][c];
        if (c != 0 && c != before) {
          collapsed.add(c);
        }
        before = c;
      }
      total += collapsed.equals(labels) ? product : 0;
    }
    return total;
  }

  @Test
  void a_sequence_is_as_likely_as_all_its_alignments_together() {
    double[][] first = {{0.2, 0.3, 0.5}, {0.6, 0.3, 0.1}, {0.1, 0.8, 0.1}, {0.3, 0.3, 0.4}};
    double[][] second = {{0.5, 0.25, 0.25}, {0.1, 0.2, 0.7}, {0.4, 0.2, 0.4}};
    double[][][] both = new double[4][2][];
    for (int step = 0; step < 4; step++) {
      both[step][0] = first[step];
      both[step][1] = step < 3 ? second[step] : new double[] {0.3, 0.3, 0.4};
    }
    Tensor logProbs = tensor(both).log();
    double[] expected = {
      -Math.log(likelihood(first, List.of(1, 1))), -Math.log(likelihood(second, List.of(2)))
    };
    Tensor padded = tensor(new long[][] {{1, 1}, {2, 0}});
    Tensor joined = tensor(1L, 1, 2);
    for (Tensor targets : List.of(padded, joined)) {
      assertArrayEquals(
          expected,
          Ops.call("ctc_loss", logProbs, targets, List.of(4L, 3L), List.of(2L, 1L), 0, "none")
              .toDoubleArray(),
          1e-14);
    }
    assertEquals(
        (expected[0] / 2 + expected[1]) / 2,
        Ops.call("ctc_loss", logProbs, padded, tensor(4L, 3), tensor(2L, 1)).item(),
        1e-14);
  }

  @Test
  void what_cannot_be_aligned_is_infinite_or_zero_with_no_gradient() {
    Tensor logProbs = tensor(new double[][] {{-1, -1}, {-1, -1}}).requiresGrad_();
    List<Object> arguments = List.of(logProbs, tensor(1L, 1), List.of(2L), List.of(2L));
    assertEquals(Double.POSITIVE_INFINITY, Ops.call("ctc_loss", arguments, Map.of()).item());
    Tensor zero = Ops.call("ctc_loss", arguments, Map.of("zero_infinity", true));
    assertEquals(0, zero.item());
    assertArrayEquals(new double[4], gradient(zero, logProbs));
  }

  @Test
  void lengths_and_labels_of_sequences_are_checked() {
    Tensor logProbs = zeros(4, 1, 3);
    Tensor targets = tensor(1L, 2);
    assertRefused(
        "blank must be in label range",
        () -> Ops.call("ctc_loss", logProbs, targets, List.of(4L), List.of(2L), 3));
    assertRefused(
        "input_lengths must be of size batch_size",
        () -> Ops.call("ctc_loss", logProbs, targets, List.of(4L, 4L), List.of(2L)));
    assertRefused(
        "Expected input_lengths to have value at most 4, but got value 5",
        () -> Ops.call("ctc_loss", logProbs, targets, List.of(5L), List.of(2L)));
    assertRefused(
        "target 3 is out of bounds",
        () -> Ops.call("ctc_loss", logProbs, tensor(1L, 3), List.of(4L), List.of(2L)));
  }

  @Test
  void an_unknown_reduction_is_refused_by_name() {
    for (String name : List.of("kl_div", "soft_margin_loss", "multilabel_soft_margin_loss")) {
      assertRefused(
          "abc is not a valid value for reduction",
          () -> Ops.call(name, List.of(zeros(2), zeros(2)), Map.of("reduction", "abc")));
    }
  }
}
