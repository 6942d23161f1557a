package fluxion.tests.autograd;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.AutogradException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.conformance.GradCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Programs of random operations, views and writes into views: their gradients either agree with
 * finite differences or are refused because a value that is needed was overwritten; they are never
 * silently wrong.
 */
class RandomProgramsTest {
  private static final int STEPS = 12;

  /** Runs the program of a seed; what it does depends on the seed and on shapes alone. */
  static Tensor run(long seed, List<Tensor> inputs) {
    Random random = new Random(seed);
    List<Tensor> pool = new ArrayList<>();
    for (Tensor input : inputs) {
      pool.add(input.mul(1));
    }
    for (int step = 0; step < STEPS; step++) {
      Tensor x = pool.get(random.nextInt(pool.size()));
      Tensor y = pool.get(random.nextInt(pool.size()));
      switch (random.nextInt(12)) {
        case 0 -> pool.add(fits(x, y) ? x.add(y) : x.sin());
        case 1 -> pool.add(fits(x, y) ? x.mul(y) : x.mul(0.5));
        case 2 -> pool.add(x.sin());
        case 3 -> pool.add(x.sigmoid());
        case 4 -> pool.add(x.dim() > 1 ? x.transpose(0, x.dim() - 1) : x.unsqueeze(0));
        case 5 -> pool.add(x.dim() > 0 ? x.select(0, random.nextInt((int) x.size(0))) : x.cos());
        case 6 ->
            pool.add(
                x.dim() > 0 && x.size(0) > 1
                    ? x.slice(0, random.nextInt(2), x.size(0), 1 + random.nextInt(2))
                    : x.unsqueeze(-1).expand(sizes(x, 2)));
        case 7 -> pool.add(x.reshape(-1));
        case 8 -> write(x, y, random.nextInt(4));
        case 9 -> write(x, x.dim() > 0 ? x.select(0, 0) : x, random.nextInt(4));
        case 10 -> pool.add(x.dim() > 0 ? x.sum(0) : x.mul(x));
        default -> pool.add(x.mul(0.7).clone());
      }
    }
    Tensor result = pool.get(0).sum();
    for (int i = 1; i < pool.size(); i++) {
      result = result.add(pool.get(i).mul(pool.get(i)).sum());
    }
    return result;
  }

  private static long[] sizes(Tensor x, long last) {
    long[] sizes = java.util.Arrays.copyOf(x.shape().toArray(), x.dim() + 1);
    sizes[x.dim()] = last;
    return sizes;
  }

  private static boolean fits(Tensor x, Tensor y) {
    return x.shape().expandsTo(y.shape()) || y.shape().expandsTo(x.shape());
  }

  /** Writes where the shapes and the layout allow it. */
  private static void write(Tensor target, Tensor value, int kind) {
    boolean overlaps = false;
    for (int d = 0; d < target.dim(); d++) {
      overlaps |= target.strides()[d] == 0 && target.size(d) > 1;
    }
    Shape shape = value.shape();
    if (overlaps || !shape.expandsTo(target.shape())) {
      return;
    }
    switch (kind) {
      case 0 -> target.add_(value);
      case 1 -> target.mul_(value);
      case 2 -> target.copy_(value);
      default -> target.sub_(0.5);
    }
  }

  private static void check(int programs, long firstSeed) {
    int agreed = 0;
    for (long seed = firstSeed; seed < firstSeed + programs; seed++) {
      Random values = new Random(~seed);
      Tensor matrix = tensor(doubles(values, 6), Shape.of(2, 3), TensorOptions.withGrad());
      Tensor vector = tensor(doubles(values, 3), Shape.of(3), TensorOptions.withGrad());
      long program = seed;
      try {
        GradCheck.gradcheck(inputs -> List.of(run(program, inputs)), matrix, vector);
        agreed++;
      } catch (AutogradException e) {
        assertTrue(
            e.getMessage().contains("modified by an inplace operation"),
            "program " + seed + ": " + e.getMessage());
      } catch (AssertionError e) {
        throw new AssertionError("program " + seed + ": " + e.getMessage(), e);
      }
    }
    assertTrue(agreed > programs / 2, agreed + " of " + programs + " programs were not refused");
  }

  static double[] doubles(Random random, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextDouble() - 0.5;
    }
    return values;
  }

  @Test
  void gradients_of_random_programs_agree_with_differences() {
    check(150, 1);
  }

  @Test
  @Tag("full")
  void gradients_of_many_random_programs_agree_with_differences() {
    check(20_000, 1_000_000);
  }
}
