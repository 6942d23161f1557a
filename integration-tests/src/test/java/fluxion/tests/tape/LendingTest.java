package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.AutogradException;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which nodes let the pass free their cotangents as soon as they have run. */
class LendingTest {
  private static final int N = 5000;

  private static boolean isGone(Tensor tensor) {
    try {
      tensor.sum();
      return false;
    } catch (MemoryException e) {
      return true;
    }
  }

  /** Half of a tensor, by a function whose backward leaves its cotangent where it is found. */
  private record Half(long start, boolean keepsGradients, List<Tensor> found)
      implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return input.slice(0, start, start + N, 1);
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      found.add(gradOutput);
      return ViewFunction.super.backward(input, gradOutput);
    }
  }

  /** Hands its cotangent on, and leaves it where it is found. */
  private static Tensor peek(Tensor input, List<Tensor> found) {
    return Functions.apply(
        new Scripted(
            (ctx, in) -> new Tensor[] {in[0].mul(1)},
            (ctx, g) -> {
              found.add(g[0]);
              return new Tensor[] {g[0].mul(1)};
            },
            false),
        input);
  }

  @Test
  void the_cotangent_of_a_view_is_freed_unless_the_function_may_keep_it() {
    Tensor x = ones(TensorOptions.withGrad(), 2 * N);
    for (boolean keeps : new boolean[] {false, true}) {
      List<Tensor> found = new ArrayList<>();
      Functions.view(new Half(0, keeps, found), x.mul(1)).sin().sum().backward();
      assertEquals(!keeps, isGone(found.get(0)));
      found.clear();
      Tensor[] halves =
          Functions.views(
              "HalvesBackward0",
              new ViewFunction[] {new Half(0, false, found), new Half(N, keeps, found)},
              x.mul(1));
      halves[0].sin().mul(halves[1].sin()).sum().backward();
      assertEquals(2, found.size());
      assertEquals(!keeps, isGone(found.get(0)));
      assertEquals(!keeps, isGone(found.get(1)));
      assertEquals("HalvesBackward0", halves[1].gradFn().name());
    }
  }

  @Test
  void the_cotangent_of_a_function_is_freed_unless_it_may_keep_it() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    List<Tensor> found = new ArrayList<>();
    peek(x.mul(1), found).sin().sum().backward();
    assertTrue(isGone(found.get(0)));
  }

  @Test
  void the_cotangent_that_meets_a_hook_or_is_asked_for_is_not_freed() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    List<Tensor> found = new ArrayList<>();
    Tensor y = peek(x.mul(1), found);
    y.registerHook(g -> null);
    y.sin().sum().backward();
    assertFalse(isGone(found.get(0)));
    Tensor z = peek(x.mul(1), found);
    Tensor captured = fluxion.api.Autograd.grad(z.sin().sum(), z);
    assertEquals(Math.cos(1), captured.get(0).item(), 1e-6);
  }

  @Test
  void the_cotangents_of_copies_and_of_writes_into_views_are_freed() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    List<Tensor> found = new ArrayList<>();
    Tensor copied = ones(N);
    copied.copy_(peek(x.mul(1), found));
    copied.sin().sum().backward();
    assertTrue(isGone(found.get(0)));
    Tensor written = peek(x.mul(1), found).mul(1);
    written.slice(0, 0, 10).mul_(3);
    written.sin().sum().backward();
    assertTrue(isGone(found.get(1)));
  }

  @Test
  void a_write_into_a_view_keeps_what_it_needs_once() {
    Tensor x = ones(TensorOptions.withGrad(), 3);
    Tensor y = x.add(1);
    y.slice(0, 0, 2).mul_(tensor(2f, 3f));
    Tensor loss = y.sum();
    loss.backward(null, true, false);
    loss.backward();
    AutogradException e = assertThrows(AutogradException.class, loss::backward);
    assertTrue(e.getMessage().startsWith("Trying to backward through the graph a second time"));
    assertEquals(2 * (2 + 3 + 1), x.grad().sum().item());
  }

  @Test
  void a_copy_into_what_overlaps_itself_is_refused() {
    Tensor x = ones(1).expand(3);
    RuntimeException e = assertThrows(RuntimeException.class, () -> x.copy_(tensor(1f, 2f, 3f)));
    assertTrue(e.getMessage().contains("refers to a single memory location"), e.getMessage());
    assertEquals(0, x.version());
  }

  @Test
  void memory_statistics_and_trim_are_the_devices() {
    Memory.trim();
    assertEquals(0, Memory.statistics(fluxion.api.Device.CPU).cachedBytes());
    ones(N).close();
    assertEquals(4 * N, Memory.statistics(fluxion.api.Device.CPU).cachedBytes());
    Memory.trim();
    assertEquals(0, Memory.statistics(fluxion.api.Device.CPU).cachedBytes());
  }
}
