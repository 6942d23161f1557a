package fluxion.tests.memory;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CloseTest {
  private static final int N = 5000;

  private static float sum(Tensor tensor) {
    return tensor.sum().toFloatArray()[0];
  }

  @Test
  void every_use_of_a_closed_tensor_says_that_it_was_closed() {
    Tensor x = ones(2, 3);
    Tensor y = ones(2, 3);
    x.close();
    for (Executable use :
        List.<Executable>of(
            () -> x.add(1),
            () -> y.mul(x),
            () -> y.add_(x),
            () -> x.add_(y),
            () -> x.fill_(1),
            () -> x.zero_(),
            () -> y.copy_(x),
            () -> x.copy_(y),
            () -> x.sum(),
            () -> x.matmul(ones(3, 2)),
            () -> x.transpose(0, 1),
            () -> x.reshape(6),
            () -> x.select(0, 0),
            () -> x.clone(),
            () -> x.contiguous().add(1),
            () -> x.toDouble(),
            () -> x.detach(),
            () -> x.data(),
            () -> x.toString(),
            () -> x.toFloatArray(),
            () -> x.softmax(0),
            () -> x.sum().item())) {
      MemoryException e = assertThrows(MemoryException.class, use);
      assertEquals(
          "this tensor of shape [2, 3] and dtype torch.float32 is used after close(); clone() what"
              + " is needed later, or close it later",
          e.getMessage());
    }
    x.close();
  }

  @Test
  void a_closed_tensor_gives_its_memory_back_at_once() {
    Memory.trim();
    long before = Memory.statistics(Device.CPU).cachedBytes();
    assertEquals(0, before);
    Tensor x = ones(N);
    x.close();
    x.close();
    assertEquals(4 * N, Memory.statistics(Device.CPU).cachedBytes());
    try (var _ = Memory.scope()) {
      Tensor y = ones(N);
      assertEquals(0, Memory.statistics(Device.CPU).cachedBytes());
      y.close();
      assertEquals(4 * N, Memory.statistics(Device.CPU).cachedBytes());
    }
    assertEquals(4 * N, Memory.statistics(Device.CPU).cachedBytes());
  }

  @Test
  void views_outlive_their_closed_base() {
    Tensor x = ones(N);
    Tensor view = x.slice(0, 0, 10, 1);
    Tensor alias = x.detach();
    x.close();
    ones(N).mul(7).close();
    ones(N).mul(9);
    assertEquals(10, sum(view));
    assertEquals(N, sum(alias));
    try (var _ = Memory.scope()) {
      Tensor base = ones(N);
      Tensor part = base.slice(0, 0, 10, 1);
      base.close();
      ones(N).mul(7);
      assertEquals(10, sum(part));
    }
  }

  @Test
  void a_base_outlives_its_closed_view() {
    Tensor x = ones(N);
    x.reshape(50, 100).close();
    ones(N).mul(7);
    assertEquals(N, sum(x));
  }

  @Test
  void a_graph_keeps_what_it_saved_of_a_closed_tensor() {
    for (boolean scoped : new boolean[] {false, true}) {
      Tensor x = ones(TensorOptions.withGrad(), N);
      Tensor loss;
      try (var scope = Memory.scope()) {
        Tensor hidden = x.mul(3);
        loss = hidden.mul(hidden).sum();
        if (scoped) {
          scope.keep(loss);
        } else {
          scope.keep(hidden);
          scope.keep(loss);
        }
        hidden.close();
        assertThrows(MemoryException.class, () -> hidden.add(1));
        ones(N).mul(7);
      }
      loss.backward(null, true, false);
      loss.backward();
      assertEquals(36 * N, sum(x.grad()));
    }
  }

  @Test
  void a_closed_leaf_still_gets_its_gradient() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor loss = x.mul(x).mul(x).sum();
    x.close();
    Tensor first = Autograd.grad(loss, x, true);
    assertEquals(3 * N, sum(first.detach()));
    first.sum().backward();
    assertEquals(6 * N, sum(x.grad()));
  }

  @Test
  void saved_values_of_closed_tensors_are_given_back_as_the_graph_is_walked() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    try (var _ = Memory.scope()) {
      Tensor hidden = x.mul(3);
      Tensor loss = hidden.exp().mul(hidden).sum();
      hidden.close();
      Memory.trim();
      loss.backward();
      // hidden, and the gradients on their way; the exponential is the scope's
      assertTrue(Memory.statistics(Device.CPU).cachedBytes() >= 2 * 4 * N);
    }
  }

  @Test
  void an_empty_and_a_tiny_tensor_may_be_closed() {
    Tensor empty = ones(0);
    empty.close();
    assertThrows(MemoryException.class, empty::toFloatArray);
    Tensor tiny = ones(1);
    tiny.close();
    assertThrows(MemoryException.class, tiny::item);
  }
}
