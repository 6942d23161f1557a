package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Losses on both sides of what they branch on; the values follow from the definitions. */
final class LossBranchesTest {
  private static final double NAN = Double.NaN;
  private static final Map<String, Object> EACH = Map.of("reduction", "none");

  private static Tensor gradient(Tensor of, Tensor input, boolean recorded) {
    return Objects.requireNonNull(
        Autograd.grad(List.of(of), List.of(input), null, recorded, recorded, false).get(0));
  }

  private static double[] each(String name, Object... arguments) {
    return Ops.call(name, List.of(arguments), EACH).toDoubleArray();
  }

  @Test
  void embeddings_are_compared_by_their_own_lengths_plus_next_to_nothing() {
    Tensor one = tensor(new double[][] {{1e-7}, {1e-7}, {1}, {3}, {NAN}, {3}, {3}, {3}, {-3}});
    Tensor two = tensor(new double[][] {{1e-7}, {1}, {1e-7}, {2}, {2}, {2}, {2}, {2}, {2}});
    Tensor target = tensor(1.0, 1, 1, -1, -1, 0, 2, -3, -1);
    double tiny = 1e-14 + 1e-12;
    double mixed = 1e-7 / Math.sqrt(tiny * (1 + 1e-12));
    assertArrayEquals(
        new double[] {1 - 1e-14 / tiny, 1 - mixed, 1 - mixed, 0.5, NAN, 0, 0, 0, 0},
        Ops.call(
                "cosine_embedding_loss",
                List.of(one, two, target),
                Map.of("margin", 0.5, "reduction", "none"))
            .toDoubleArray(),
        1e-12);
  }

  @Test
  void targets_that_were_written_since_are_noticed_by_the_backward_pass() {
    for (long ignored : new long[] {-100, 1}) {
      Tensor x = tensor(new double[][] {{-1, -2, -3}, {-4, -5, -6}}).requiresGrad_();
      Tensor target = tensor(0L, 2);
      Tensor loss =
          Ops.call("nll_loss", List.of(x, target), Map.<String, Object>of("ignore_index", ignored));
      target.zero_();
      AutogradException e = assertThrows(AutogradException.class, loss::backward);
      assertTrue(e.getMessage().contains("modified by an inplace operation"), e.getMessage());
    }
  }

  @Test
  void hinges_take_any_target_and_keep_nan() {
    assertArrayEquals(
        new double[] {0.25, 0.75, 0, NAN, 1, 3},
        each(
            "hinge_embedding_loss",
            tensor(0.25, 0.25, 3, NAN, 0.25, 3),
            tensor(1.0, -1, -1, -1, 2, 2)));
    assertArrayEquals(
        new double[] {NAN, 0},
        each(
            "triplet_margin_loss",
            tensor(new double[][] {{NAN}, {0}}),
            tensor(new double[][] {{1}, {1}}),
            tensor(new double[][] {{2}, {5}})));
  }

  @Test
  void a_squared_margin_counts_what_is_exceeded_alone() {
    Tensor x = tensor(new double[][] {{5, 0, 1}, {0.5, 0, 1}});
    assertArrayEquals(
        new double[] {0, (0.5 * 0.5 + 1.5 * 1.5) / 3},
        Ops.call(
                "multi_margin_loss",
                List.of(x, tensor(0L, 0L)),
                Map.of("p", 2, "reduction", "none"))
            .toDoubleArray(),
        1e-15);
  }

  @Test
  void a_variance_that_is_not_a_number_is_not_cut_off() {
    assertArrayEquals(
        new double[] {NAN, (Math.log(1e-6) + 0.25 / 1e-6) / 2},
        each("gaussian_nll_loss", tensor(1.0, 1), tensor(0.5, 0.5), tensor(NAN, 0)),
        1e-9);
  }

  @Test
  void certain_predictions_have_a_slope() {
    Tensor x = tensor(1.0, 0, 0, 1).requiresGrad_();
    Tensor loss = Ops.call("binary_cross_entropy", List.of(x, tensor(1.0, 0, 1, 0)), EACH);
    assertArrayEquals(new double[] {0, 0, 100, 100}, loss.toDoubleArray(), 1e-15);
    assertArrayEquals(
        new double[] {0, 0, -1e12, 1e12}, Autograd.grad(loss.sum(), x).toDoubleArray(), 1e-15);
  }

  /** The sum over all paths that collapse to the target, each written out. */
  private static double ctc(double[][] logProbs, long[] target) {
    List<Double> paths = new ArrayList<>();
    int steps = logProbs.length;
    int classes = logProbs[0].length;
    for (int code = 0; code < Math.pow(classes, steps); code++) {
      List<Long> labels = new ArrayList<>();
      double sum = 0;
      long last = 0;
      for (int t = 0, rest = code; t < steps; t++, rest /= classes) {
        int label = rest % classes;
        sum += logProbs[t][label];
        if (label != 0 && label != last) {
          labels.add((long) label);
        }
        last = label;
      }
      if (labels.equals(Arrays.stream(target).boxed().toList())) {
        paths.add(sum);
      }
    }
    double most = paths.stream().mapToDouble(p -> p).max().orElse(Double.NEGATIVE_INFINITY);
    return most == Double.NEGATIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : -most - Math.log(paths.stream().mapToDouble(p -> Math.exp(p - most)).sum());
  }

  private static Tensor loss(double[][] logProbs, long[] target, boolean zeroInfinity) {
    double[][][] batch = new double[logProbs.length][1][];
    for (int t = 0; t < logProbs.length; t++) {
      batch[t][0] = logProbs[t];
    }
    return Ops.call(
        "ctc_loss",
        List.of(
            tensor(batch),
            tensor(new long[][] {target}),
            tensor((long) logProbs.length),
            tensor((long) target.length)),
        Map.of("reduction", "none", "zero_infinity", zeroInfinity));
  }

  @Test
  void sequences_are_summed_over_all_paths_whatever_their_size() {
    double[][] mild = {{-1, -2, -0.5}, {-0.7, -0.9, -3}, {-2, -0.3, -1.5}, {-0.4, -1.1, -2.5}};
    double[][] large = {
      {-800, -900, -50}, {-1700, -10, -300}, {-20, -1300, -800}, {-900, -5, -1100}
    };
    double[][] late = {
      {-5, -2000, -3000}, {-4000, -1, -900}, {-700, -2500, -3}, {-1, -1000, -2000}
    };
    double[][] flat = {{-800, -800, -800}, {-800, -800, -800}, {-800, -800, -800}};
    for (double[][] one : List.of(mild, large, late, flat)) {
      for (long[] target :
          List.of(new long[] {1}, new long[] {1, 1}, new long[] {1, 2}, new long[] {2, 1})) {
        double expected = ctc(one, target);
        assertEquals(expected, loss(one, target, false).item(), 1e-14 * Math.abs(expected) + 1e-14);
        assertEquals(expected, loss(one, target, true).item(), 1e-14 * Math.abs(expected) + 1e-14);
      }
    }
  }

  @Test
  void a_sequence_that_is_too_tooShortis_infinite_or_zero() {
    double[][] tooShort = {{-1, -2}, {-1, -2}};
    assertEquals(Double.POSITIVE_INFINITY, loss(tooShort, new long[] {1, 1}, false).item());
    assertEquals(0, loss(tooShort, new long[] {1, 1}, true).item());
  }

  @Test
  void class_losses_are_the_same_whether_all_targets_count_or_it_has_to_be_found_out() {
    float[] values = new float[21];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    Tensor target = tensor(2L, 0, 1, 1, 2, 0, 2);
    for (String reduction : List.of("none", "sum", "mean")) {
      List<float[]> found = new ArrayList<>();
      // with weights it is not assumed that all count
      for (Map<String, Object> more :
          List.<Map<String, Object>>of(
              Map.of("reduction", reduction),
              Map.of("reduction", reduction, "weight", tensor(1f, 1, 1)))) {
        Tensor x = tensor(values).view(7, 3).clone().requiresGrad_();
        Tensor loss = Ops.call("nll_loss", List.of(x, target), more);
        Tensor gradient = gradient(loss.mul(loss).sum(), x, true);
        Tensor second = gradient(gradient.mul(gradient).sum(), x, false);
        found.add(loss.toFloatArray());
        found.add(gradient.toFloatArray());
        found.add(second.toFloatArray());
      }
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(found.get(i), found.get(i + 3));
      }
    }
  }

  @Test
  void a_target_that_is_ignored_or_no_class_is_told_apart() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 5}, {7, 11}});
    assertArrayEquals(new double[] {-2, 0, -7}, each("nll_loss", x, tensor(1L, -100, 0)));
    assertEquals(
        "Target 2 is out of bounds.",
        assertThrows(IndexException.class, () -> each("nll_loss", x, tensor(1L, -100, 2)))
            .getMessage());
    assertEquals(
        "Target -1 is out of bounds.",
        assertThrows(IndexException.class, () -> each("nll_loss", x, tensor(1L, -1, 0)))
            .getMessage());
  }
}
