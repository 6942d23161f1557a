package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cross entropy of classes is the negative log-likelihood of the logarithm of softmax. */
final class CrossEntropyTest {
  private static final List<DType> DTYPES =
      List.of(DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.FLOAT16);

  private static Tensor composed(Tensor x, Tensor target, Map<String, Object> how) {
    Tensor logarithms = Ops.call("log_softmax", x, x.dim() == 1 ? 0L : 1L);
    return Ops.call("nll_loss", List.of(logarithms, target), how);
  }

  private static Tensor gradient(Tensor of, Tensor at, boolean recorded) {
    return Objects.requireNonNull(
        Autograd.grad(List.of(of), List.of(at), null, recorded, recorded, false).get(0));
  }

  private static Tensor logits(SplittableRandom random, DType dtype, long... sizes) {
    int n = 1;
    for (long size : sizes) {
      n *= (int) size;
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextDouble(-4, 4);
    }
    if (random.nextInt(3) == 0) {
      double[] special = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -300, 3e4, -0.0
      };
      values[random.nextInt(n)] = special[random.nextInt(special.length)];
    }
    return tensor(values).to(dtype).reshape(sizes).detach();
  }

  /** The same values in another layout. */
  private static Tensor laidOut(SplittableRandom random, Tensor x) {
    return switch (random.nextInt(3)) {
      case 0 -> x;
      case 1 -> x.transpose(0, -1).contiguous().transpose(0, -1);
      default -> Ops.call("cat", List.of(x, x), -1L).narrow(-1, 0, x.size(-1));
    };
  }

  private static long[] sizes(SplittableRandom random, int classes) {
    int batch = random.nextInt(1, 6);
    return switch (random.nextInt(5)) {
      case 0 -> new long[] {classes};
      case 1 -> new long[] {batch, classes, 3};
      case 2 -> new long[] {batch, classes, 2, 3};
      case 3 -> new long[] {batch, classes, 2, 1, 2};
      default -> new long[] {batch, classes};
    };
  }

  private static Tensor targets(SplittableRandom random, int classes, long[] sizes) {
    List<Long> kept = new ArrayList<>();
    for (int d = 0; d < sizes.length; d++) {
      if (d != (sizes.length == 1 ? 0 : 1)) {
        kept.add(sizes[d]);
      }
    }
    int n = kept.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
    long[] shape = kept.stream().mapToLong(k -> k).toArray();
    return tensor(random.longs(n, 0, classes).toArray()).reshape(shape);
  }

  @Test
  void loss_and_gradient_have_the_bits_of_one_after_the_other() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 240; round++) {
      DType dtype = DTYPES.get(round % DTYPES.size());
      int classes = new int[] {1, 2, 3, 17, 40, 130}[random.nextInt(6)];
      long[] sizes = sizes(random, classes);
      Tensor x = laidOut(random, logits(random, dtype, sizes)).requiresGrad_();
      Tensor target = targets(random, classes, sizes);
      Map<String, Object> how = new HashMap<>();
      how.put("reduction", List.of("none", "sum", "mean").get(random.nextInt(3)));
      how.put("ignore_index", random.nextBoolean() ? -100L : random.nextLong(classes));
      if (random.nextBoolean()) {
        how.put("weight", logits(new SplittableRandom(round), dtype, classes));
      }
      String what = round + ": " + dtype + " " + x.shape() + " " + how.keySet();
      Tensor loss = Ops.call("cross_entropy", List.of(x, target), how);
      Tensor expected = composed(x, target, how);
      assertEquals(expected.shape(), loss.shape(), what);
      assertArrayEquals(expected.toDoubleArray(), loss.toDoubleArray(), what);
      assertArrayEquals(
          gradient(expected.mul(3).sum(), x, false).toDoubleArray(),
          gradient(loss.mul(3).sum(), x, false).toDoubleArray(),
          what);
    }
  }

  @Test
  void second_and_third_derivatives_are_those_of_one_after_the_other() {
    SplittableRandom random = new SplittableRandom(5);
    Tensor target = tensor(new long[][] {{0, 2}, {1, 1}});
    for (String reduction : List.of("none", "mean")) {
      Tensor x = tensor(random.doubles(12, -1, 1).toArray()).reshape(2, 3, 2).detach();
      Map<String, Object> how = Map.of("reduction", reduction, "ignore_index", 2L);
      List<double[]> found = new ArrayList<>();
      for (boolean whole : new boolean[] {true, false}) {
        Tensor at = x.clone().requiresGrad_();
        Tensor loss =
            whole ? Ops.call("cross_entropy", List.of(at, target), how) : composed(at, target, how);
        Tensor first = gradient(loss.mul(loss).sum(), at, true);
        Tensor second = gradient(first.pow(3).sum(), at, true);
        found.add(second.toDoubleArray());
        found.add(gradient(second.mul(second).sum(), at, false).toDoubleArray());
      }
      assertArrayEquals(found.get(2), found.get(0), 1e-11);
      assertArrayEquals(found.get(3), found.get(1), 1e-11);
    }
  }

  @Test
  void logits_may_be_written_once_the_loss_is_there_but_targets_may_not() {
    Tensor leaf = tensor(new double[][] {{0.5, -1}, {2, 3}}).requiresGrad_();
    Tensor target = tensor(1L, 0);
    Tensor x = leaf.mul(1);
    Tensor loss = Ops.call("cross_entropy", x, target);
    double[] expected = gradient(composed(leaf, target, Map.of()), leaf, false).toDoubleArray();
    x.detach().zero_();
    assertArrayEquals(expected, gradient(loss, leaf, false).toDoubleArray());
    Tensor again = Ops.call("cross_entropy", leaf, target);
    target.zero_();
    AutogradException e = assertThrows(AutogradException.class, again::backward);
    assertTrue(e.getMessage().contains("modified by an inplace operation"), e.getMessage());
  }

  @Test
  void a_batch_of_nothing_has_no_mean() {
    Tensor x = Tensors.zeros(0, 3).requiresGrad_();
    Tensor target = tensor(new long[0]);
    Tensor loss = Ops.call("cross_entropy", x, target);
    assertTrue(Double.isNaN(loss.item()));
    assertEquals(x.shape(), gradient(loss, x, false).shape());
    assertEquals(
        0, Ops.call("cross_entropy", List.of(x, target), Map.of("reduction", "sum")).item());
  }

  @Test
  void a_target_that_is_no_class_is_refused_with_and_without_ignored_ones() {
    Tensor x = Tensors.zeros(3, 2).requiresGrad_();
    for (long other : new long[] {0, -100}) {
      IndexException e =
          assertThrows(
              IndexException.class, () -> Ops.call("cross_entropy", x, tensor(1L, other, 2)));
      assertEquals("Target 2 is out of bounds.", e.getMessage());
    }
  }
}
