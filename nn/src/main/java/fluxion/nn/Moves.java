package fluxion.nn;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives a layer's tensors memory on another device, or elements of another dtype. */
final class Moves {
  /**
   * What is to be done to one tensor.
   *
   * @param tensor a parameter or a buffer
   * @param values its elements, on the device and of the dtype that are wanted
   * @param gradient its gradient, likewise, if it has one
   */
  private record Move(Tensor tensor, Tensor values, @Nullable Tensor gradient) {
    static Move of(Tensor tensor, UnaryOperator<Tensor> way) {
      Tensor gradient = tensor.grad();
      return new Move(
          tensor,
          // they live as long as the tensor, whatever scopes the caller has opened
          Memory.unscoped(way.apply(tensor.detach())),
          gradient == null ? null : way.apply(gradient.detach()));
    }

    void carryOut() {
      tensor.setData(values);
      if (gradient != null) {
        tensor.setGrad(gradient);
      }
    }
  }

  private Moves() {}

  static void to(Device device, List<Tensor> parameters, List<Tensor> buffers) {
    move(
        parameters,
        buffers,
        tensor -> !tensor.device().equals(device),
        tensor -> tensor.to(device));
  }

  /** Floating-point tensors alone: counts and masks stay what they are. */
  static void to(DType dtype, List<Tensor> parameters, List<Tensor> buffers) {
    move(
        parameters,
        buffers,
        tensor -> tensor.dtype().isFloatingPoint() && tensor.dtype() != dtype,
        tensor -> tensor.to(dtype));
  }

  /** Moves tensors: first all values, so that what fails changes nothing. */
  private static void move(
      List<Tensor> parameters,
      List<Tensor> buffers,
      Predicate<Tensor> wanted,
      UnaryOperator<Tensor> way) {
    List<Move> moves = new ArrayList<>();
    for (List<Tensor> tensors : List.of(parameters, buffers)) {
      for (Tensor tensor : tensors) {
        if (wanted.test(tensor)) {
          moves.add(Move.of(tensor, way));
        }
      }
    }
    moves.forEach(Move::carryOut);
  }
}
