package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

/** The linear map. */
final class LinearTest {
  private static Tensor truths(long... size) {
    return Tensors.ones(TensorOptions.of(DType.BOOL), size);
  }

  @Test
  void bools_are_refused_however_the_input_lies() {
    Tensor weight = truths(4, 3);
    Tensor bias = truths(4);
    for (Tensor input :
        new Tensor[] {truths(2, 2, 3), truths(2, 2, 3).transpose(0, 1), truths(2, 3), truths(3)}) {
      String message =
          assertThrows(DTypeException.class, () -> Ops.call("linear", input, weight, bias))
              .getMessage();
      assertTrue(message.contains("not implemented for 'Bool'"), message);
    }
  }

  @Test
  void the_gradient_of_a_transposed_factor_lies_in_memory_as_the_factor_does() {
    Tensor input = Tensors.arange(6).to(DType.FLOAT32).view(2, 3).contiguous().requiresGrad_();
    Tensor weight = Tensors.arange(12).to(DType.FLOAT32).view(4, 3).requiresGrad_();
    Tensor cotangent = Tensors.arange(8).to(DType.FLOAT32).view(2, 4);
    Tensor[] products = {
      input.mm(weight.t()),
      Ops.call("linear", input, weight, Tensors.ones(4)),
      weight.mm(input.t()).t(),
    };
    for (Tensor product : products) {
      Tensor loss = product.mul(cotangent).sum();
      Tensor ofInput = Autograd.grad(loss, input, true);
      Tensor ofWeight = Autograd.grad(loss, weight);
      assertArrayEquals(new long[] {3, 1}, ofInput.strides());
      assertArrayEquals(new long[] {3, 1}, ofWeight.strides());
      // by hand: cotangent · weight, and cotangentᵀ · input
      assertArrayEquals(new float[] {42, 48, 54, 114, 136, 158}, ofInput.toFloatArray());
      assertArrayEquals(
          new float[] {12, 16, 20, 15, 21, 27, 18, 26, 34, 21, 31, 41}, ofWeight.toFloatArray());
    }
  }
}
