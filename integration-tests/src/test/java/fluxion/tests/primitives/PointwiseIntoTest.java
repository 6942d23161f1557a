package fluxion.tests.primitives;

import static fluxion.api.Tensors.arange;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.FluxionException;
import fluxion.api.Index;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import org.junit.jupiter.api.Test;

/** Kernels of several outputs that write into tensors there are. */
class PointwiseIntoTest {
  private static final Expr X = Expr.input(0, DType.FLOAT32);
  private static final Expr Y = Expr.input(1, DType.FLOAT32);

  /** x + y and x − s · y. */
  private static final Kernel BOTH =
      Kernel.of(X.add(Y), X.sub(Y.mul(Expr.scalar(0, DType.FLOAT32))));

  private static void both(Tensor sum, Tensor difference, Tensor x, Tensor y) {
    Primitives.pointwiseInto(
        "both", BOTH, new Tensor[] {sum, difference}, new Tensor[] {x, y}, Scalar.of(2.0));
  }

  private static void refused(
      Class<? extends FluxionException> type, String message, Tensor sum, Tensor difference) {
    Tensor x = ones(2);
    assertEquals(message, assertThrows(type, () -> both(sum, difference, x, x)).getMessage());
  }

  @Test
  void every_output_is_computed_from_what_was_there_before() {
    // more elements than a block, so that an early write would be seen
    Tensor x = arange(5000).toFloat();
    Tensor y = ones(5000);
    both(y, x, x, y);
    float[] sums = y.toFloatArray();
    float[] differences = x.toFloatArray();
    for (int i = 0; i < 5000; i++) {
      assertEquals(i + 1, sums[i]);
      assertEquals(i - 2, differences[i]);
    }
    assertEquals(1, x.version());
    assertEquals(1, y.version());
  }

  @Test
  void inputs_are_expanded_and_strides_respected() {
    Tensor base = zeros(3, 2, 2);
    both(
        base.select(2, 0),
        zeros(3, 2),
        arange(6).toFloat().reshape(2, 3).transpose(0, 1),
        tensor(new float[] {10, 20}));
    assertArrayEquals(new float[] {10, 0, 23, 0, 11, 0, 24, 0, 12, 0, 25, 0}, base.toFloatArray());
    assertEquals(1, base.version());
  }

  @Test
  void an_input_that_overlaps_an_output_otherwise_is_read_before() {
    Tensor memory = tensor(new float[] {1, 2, 3, 4});
    both(memory.get(Index.slice(1, 4)), zeros(3), memory.get(Index.slice(0, 3)), ones(3).mul(10.0));
    assertArrayEquals(new float[] {1, 11, 12, 13}, memory.toFloatArray());
  }

  @Test
  void nothing_is_recorded() {
    Tensor leaf = ones(2).requiresGrad_();
    assertThrows(AutogradException.class, () -> both(leaf, zeros(2), ones(2), ones(2)));
    AutogradException e =
        assertThrows(AutogradException.class, () -> both(zeros(2), zeros(2), leaf, ones(2)));
    assertEquals(
        "both: a write that is not recorded was asked for while recording is on and a tensor"
            + " requires a gradient; do it within Autograd.noGrad()",
        e.getMessage());
    try (var _ = Autograd.noGrad()) {
      both(leaf, zeros(2), leaf, ones(2));
    }
    assertArrayEquals(new float[] {2, 2}, leaf.toFloatArray());
  }

  @Test
  void outputs_that_do_not_fit_are_refused() {
    refused(
        ShapeException.class,
        "output with shape [] doesn't match the broadcast shape [2]",
        zeros(),
        zeros());
    refused(
        ShapeException.class,
        "output with shape [3, 2] doesn't match the broadcast shape [2]",
        zeros(2),
        zeros(3, 2));
    refused(
        DTypeException.class,
        "both: a result of dtype torch.float32 cannot be stored in a tensor of torch.float64",
        zeros(2),
        zeros(2).toDouble());
    Tensor memory = zeros(4);
    refused(
        ArgumentException.class,
        "both: written-to tensors 0 and 1 share memory; clone() one",
        memory.get(Index.slice(0, 2)),
        memory.get(Index.slice(2, 4)));
    assertThrows(
        ArgumentException.class, () -> both(ones(1).expand(2), zeros(2), ones(2), ones(2)));
    assertEquals(0, memory.version());
  }
}
