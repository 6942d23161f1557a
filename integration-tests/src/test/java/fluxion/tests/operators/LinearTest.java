package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
