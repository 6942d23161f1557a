package fluxion.nn;

import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a layer's tensors memory on another device. */
final class Moves {
  /**
   * What is to be done to one tensor.
   *
   * @param tensor a parameter or a buffer
   * @param values its elements, on the device
   * @param gradient its gradient there, if it has one
   */
  private record Move(Tensor tensor, Tensor values, @Nullable Tensor gradient) {
    static Move of(Tensor tensor, Device device) {
      Tensor gradient = tensor.grad();
      return new Move(
          tensor,
          // they live as long as the tensor, whatever scopes the caller has opened
          Memory.unscoped(tensor.detach().to(device)),
          gradient == null ? null : gradient.detach().to(device));
    }

    void carryOut() {
      tensor.setData(values);
      if (gradient != null) {
        tensor.setGrad(gradient);
      }
    }
  }

  private Moves() {}

  /** Moves tensors: first all values, so that what fails changes nothing. */
  static void to(Device device, List<Tensor> parameters, List<Tensor> buffers) {
    List<Move> moves = new ArrayList<>();
    for (List<Tensor> tensors : List.of(parameters, buffers)) {
      for (Tensor tensor : tensors) {
        if (!tensor.device().equals(device)) {
          moves.add(Move.of(tensor, device));
        }
      }
    }
    moves.forEach(Move::carryOut);
  }
}
