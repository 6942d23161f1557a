package fluxion.nn.training;

import fluxion.api.Autograd;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Numbers that a device may still be computing: read together, once there are many. */
final class PendingNumbers {
  private static final int MOST = 256;

  private final DoubleConsumer reader;
  private final List<Tensor> waiting = new ArrayList<>();

  /**
   * Makes an empty queue.
   *
   * @param reader is given the numbers, in the order in which they came
   */
  PendingNumbers(DoubleConsumer reader) {
    this.reader = reader;
  }

  /**
   * Adds a number.
   *
   * @param number a tensor of one element, which may change later
   */
  void add(Tensor number) {
    if (waiting.size() >= MOST
        || (!waiting.isEmpty()
            && (waiting.getFirst().dtype() != number.dtype()
                || !waiting.getFirst().device().equals(number.device())))) {
      read();
    }
    try (var _ = Autograd.noGrad()) {
      waiting.add(Memory.unscoped(number.detach().reshape().clone()));
    }
  }

  /** Reads all that wait. */
  void read() {
    if (waiting.isEmpty()) {
      return;
    }
    try (var _ = Autograd.noGrad();
        var _ = Memory.scope()) {
      Tensor all = Tensors.stack(0, waiting.toArray(new Tensor[0]));
      for (double number : all.toDoubleArray()) {
        reader.accept(number);
      }
    } finally {
      waiting.clear();
    }
  }

  /** Forgets all that wait. */
  void clear() {
    waiting.clear();
  }
}
