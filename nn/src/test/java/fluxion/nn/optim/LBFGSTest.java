package fluxion.nn.optim;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Checked against minima and first steps that are worked out by hand. */
final class LBFGSTest {
  /** A quadratic form with minimum (1, −2, 3), of which the curvatures are 1, 10 and 100. */
  private static Tensor quadratic(Tensor p) {
    Tensor distance = p.sub(tensor(1.0, -2.0, 3.0));
    return distance.mul(distance).mul(tensor(0.5, 5.0, 50.0)).sum();
  }

  /** Rosenbrock's valley, with its minimum at (1, 1). */
  private static Tensor valley(Tensor p) {
    Tensor x = p.select(0, 0);
    Tensor y = p.select(0, 1);
    Tensor across = y.sub(x.mul(x));
    Tensor along = x.neg().add(1.0);
    return across.mul(across).mul(100.0).add(along.mul(along));
  }

  private static Supplier<Tensor> closure(
      Optimizer optimizer, Tensor p, UnaryOperator<Tensor> function) {
    return () -> {
      optimizer.zeroGrad();
      Tensor loss = function.apply(p);
      loss.backward();
      return loss;
    };
  }

  @Test
  void a_quadratic_form_is_minimised_in_a_few_steps() {
    for (LBFGSOptions options : List.of(new LBFGSOptions(), new LBFGSOptions().strongWolfe())) {
      Tensor p = zeros(3).toDouble().requiresGrad_();
      LBFGS optimizer = new LBFGS(List.of(p), options);
      double first = optimizer.step(closure(optimizer, p, LBFGSTest::quadratic)).item();
      assertEquals(470.5, first, 1e-12, "the loss before the step");
      for (int step = 0; step < 3; step++) {
        optimizer.step(closure(optimizer, p, LBFGSTest::quadratic));
      }
      assertArrayEquals(new double[] {1, -2, 3}, p.toDoubleArray(), 1e-6);
    }
  }

  @Test
  void the_line_search_follows_a_curved_valley() {
    Tensor p = tensor(-1.2, 1.0).requiresGrad_();
    LBFGSOptions options = new LBFGSOptions().strongWolfe().maxIter(100).toleranceChange(0);
    LBFGS optimizer = new LBFGS(List.of(p), options);
    optimizer.step(closure(optimizer, p, LBFGSTest::valley));
    assertArrayEquals(new double[] {1, 1}, p.toDoubleArray(), 1e-6);
  }

  /**
   * Six steps of five iterations, compared with a transcription of PyTorch's algorithm, line by
   * line, into Python's float64.
   */
  @Test
  void the_way_through_the_valley_is_the_algorithms() {
    double[][] searched = {
      {-1.0276177663827242, 1.0584120782656612},
      {-0.7745797354515929, 0.5476256792320964},
      {-0.2560895768966427, 0.03726198161622289},
      {0.3418423606753256, 0.09925827373845766},
      {0.7460759093286191, 0.5450068956861271},
      {0.9160713624557049, 0.8342473675875756}
    };
    assertWay(new LBFGSOptions().strongWolfe(), searched, 40, 27);
    double[][] straight = {
      {-1.1987367721726887, 1.0005725890323631},
      {-1.1980834650008714, 1.0010318644662275},
      {-1.1974702343775148, 1.001599619119464},
      {-1.196894598763731, 1.0022665885892472},
      {-1.196354102946361, 1.003024042424291},
      {-1.1958463495499638, 1.0038637988968628}
    };
    assertWay(new LBFGSOptions().lr(0.001), straight, 30, 30);
  }

  private static void assertWay(
      LBFGSOptions options, double[][] expected, long evaluations, long iterations) {
    Tensor p = tensor(-1.2, 1.0).requiresGrad_();
    LBFGS optimizer = new LBFGS(List.of(p), options.maxIter(5));
    for (double[] point : expected) {
      optimizer.step(closure(optimizer, p, LBFGSTest::valley));
      assertArrayEquals(point, p.toDoubleArray(), 1e-10);
    }
    Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) optimizer.stateDict().get("state")).get(0L);
    assertEquals(evaluations, state.get("func_evals"));
    assertEquals(iterations, state.get("n_iter"));
  }

  /**
   * Of x²/2 from 4: the first step is min(1, 1/|g|) · lr along −g, to 3; there y = −1, s = −1, so
   * that the curvature is known to be 1 and the second step reaches 0.
   */
  @Test
  void the_first_iterations_are_those_worked_out_by_hand() {
    Tensor p = tensor(4.0).requiresGrad_();
    LBFGS optimizer = new LBFGS(List.of(p), new LBFGSOptions().maxIter(1));
    Supplier<Tensor> closure = closure(optimizer, p, x -> x.mul(x).mul(0.5));
    optimizer.step(closure);
    assertEquals(3, p.item(), 1e-15);
    optimizer.step(closure);
    assertEquals(0, p.item(), 1e-15);
    optimizer.step(closure);
    assertEquals(
        "{func_evals=3, n_iter=2, d=tensor([-3.], dtype=torch.float64), t=1.0,"
            + " old_dirs=[tensor([-1.], dtype=torch.float64)],"
            + " old_stps=[tensor([-1.], dtype=torch.float64)], ro=[1.0], H_diag=1.0,"
            + " prev_flat_grad=tensor([3.], dtype=torch.float64), prev_loss=4.5}",
        ((Map<?, ?>) optimizer.stateDict().get("state")).get(0L).toString());
  }

  @Test
  void parameters_of_several_shapes_move_together() {
    Tensor p = zeros(2, 2).toDouble().requiresGrad_();
    Tensor q = zeros(3).toDouble().requiresGrad_();
    Tensor unused = zeros(2).toDouble().requiresGrad_();
    LBFGSOptions options = new LBFGSOptions().strongWolfe().toleranceChange(0);
    LBFGS optimizer = new LBFGS(List.of(p, unused, q), options);
    Supplier<Tensor> closure =
        () -> {
          optimizer.zeroGrad();
          Tensor distance = p.sub(tensor(1.0, 2.0));
          Tensor loss = distance.mul(distance).sum().add(quadratic(q));
          loss.backward();
          return loss;
        };
    optimizer.step(closure);
    optimizer.step(closure);
    assertArrayEquals(new double[] {1, 2, 1, 2}, p.reshape(-1).toDoubleArray(), 1e-6);
    assertArrayEquals(new double[] {1, -2, 3}, q.toDoubleArray(), 1e-6);
    assertArrayEquals(new double[] {0, 0}, unused.toDoubleArray());
  }

  @Test
  void the_number_of_evaluations_and_the_history_are_bounded() {
    Tensor p = tensor(-1.2, 1.0).requiresGrad_();
    LBFGSOptions options = new LBFGSOptions().maxIter(100).maxEval(8).historySize(2).lr(0.01);
    LBFGS optimizer = new LBFGS(List.of(p), options);
    int[] evaluations = {0};
    Supplier<Tensor> closure = closure(optimizer, p, LBFGSTest::valley);
    optimizer.step(
        () -> {
          evaluations[0]++;
          return closure.get();
        });
    assertEquals(8, evaluations[0]);
    Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) optimizer.stateDict().get("state")).get(0L);
    assertEquals(2, ((List<?>) state.get("old_dirs")).size());
  }

  @Test
  void a_resumed_run_goes_on_bit_for_bit() {
    for (LBFGSOptions options :
        List.of(
            new LBFGSOptions().maxIter(3).lr(0.001), new LBFGSOptions().maxIter(3).strongWolfe())) {
      Tensor p = tensor(-1.2, 1.0).requiresGrad_();
      LBFGS optimizer = new LBFGS(List.of(p), options);
      for (int step = 0; step < 3; step++) {
        optimizer.step(closure(optimizer, p, LBFGSTest::valley));
      }
      Tensor q = tensor(p.toDoubleArray()).requiresGrad_();
      LBFGS resumed = new LBFGS(List.of(q));
      resumed.loadStateDict(optimizer.stateDict());
      for (int step = 0; step < 3; step++) {
        optimizer.step(closure(optimizer, p, LBFGSTest::valley));
        resumed.step(closure(resumed, q, LBFGSTest::valley));
        assertArrayEquals(p.toDoubleArray(), q.toDoubleArray());
      }
      assertEquals(optimizer.toString(), resumed.toString());
    }
  }

  @Test
  void a_dict_of_other_sizes_is_refused() {
    Tensor p = tensor(-1.2, 1.0).requiresGrad_();
    LBFGS optimizer = new LBFGS(List.of(p));
    optimizer.step(closure(optimizer, p, LBFGSTest::valley));
    LBFGS other = new LBFGS(List.of(zeros(3).toDouble().requiresGrad_()));
    String message =
        assertThrows(ArgumentException.class, () -> other.loadStateDict(optimizer.stateDict()))
            .getMessage();
    assertTrue(
        message.contains(
            "state[0].d: expected a vector of all parameters' 3 elements, found a tensor of shape"
                + " [2]"),
        message);
  }

  @Test
  void a_step_needs_a_closure() {
    LBFGS optimizer = new LBFGS(List.of(zeros(3).requiresGrad_()));
    assertEquals(
        "step() missing 1 required positional argument: 'closure'",
        assertThrows(ArgumentException.class, optimizer::step).getMessage());
  }

  @Test
  void a_cubic_has_its_minimum_between_its_ends() {
    // x³ − 3x has its minimum −2 at 1.
    LineSearch.Point left = new LineSearch.Point(0, 0, zeros(1), -3);
    LineSearch.Point right = new LineSearch.Point(2, 2, zeros(1), 9);
    assertEquals(1, LineSearch.cubicMinimum(left, right, 0, 2), 1e-15);
    assertEquals(1, LineSearch.cubicMinimum(right, left, 0, 2), 1e-15);
    assertEquals(1.5, LineSearch.cubicMinimum(left, right, 1.5, 2), 1e-15);
    // x³ + x has none.
    LineSearch.Point rising = new LineSearch.Point(0, 0, zeros(1), 1);
    LineSearch.Point end = new LineSearch.Point(2, 10, zeros(1), 13);
    assertEquals(1, LineSearch.cubicMinimum(rising, end, 0, 2), 1e-15);
  }
}
