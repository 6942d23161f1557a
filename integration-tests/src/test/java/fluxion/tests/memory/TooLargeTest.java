package fluxion.tests.memory;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** More elements than an array holds are refused with the numbers, whatever asks for them. */
class TooLargeTest {
  private static final long MANY = 1L << 32;
  private static final String LIMIT = "2147483639";

  private static void assertRefused(String numbers, Executable asks) {
    FluxionException e = assertThrows(FluxionException.class, asks);
    assertTrue(e.getMessage().contains(numbers), e.getMessage());
    assertTrue(
        e.getMessage().contains(LIMIT)
            || e.getMessage().contains("2^31 - 9")
            || e.getMessage().contains("does not fit a Java array"),
        e.getMessage());
  }

  @Test
  void factories() {
    TensorOptions small = TensorOptions.of(DType.INT8);
    assertRefused("4294967296", () -> Tensors.zeros(small, MANY));
    assertRefused("4294967296", () -> Tensors.ones(MANY / 2, 2));
    assertRefused("4294967296", () -> Tensors.full(Scalar.of(3), small, MANY));
    assertRefused("4294967296", () -> Tensors.empty(small, MANY));
    assertRefused("4294967296", () -> Tensors.rand(MANY));
    assertRefused("4294967296", () -> Tensors.randn(MANY));
    assertRefused("4294967296", () -> Tensors.randperm(MANY));
    assertRefused("4.294967296E9", () -> Tensors.arange(MANY));
    assertRefused("34359738368 bytes", () -> Tensors.zeros(TensorOptions.of(DType.FLOAT64), MANY));
  }

  @Test
  void sizes_whose_product_is_beyond_a_long() {
    assertThrows(FluxionException.class, () -> Tensors.zeros(MANY, MANY, MANY));
    assertThrows(FluxionException.class, () -> Tensors.zeros(Long.MAX_VALUE, 2));
    assertThrows(FluxionException.class, () -> ones(1).expand(Long.MAX_VALUE, 4));
    assertRefused("9223372036854775807", () -> Tensors.zeros(Long.MAX_VALUE));
  }

  @Test
  void copies_of_views_that_are_larger_than_their_memory() {
    Tensor wide = ones(1).expand(MANY);
    assertRefused("4294967296", wide::contiguous);
    assertRefused("4294967296", wide::clone);
    assertRefused("4294967296", wide::toDouble);
    assertRefused("4294967296", wide::toFloatArray);
  }

  @Test
  void results() {
    Tensor wide = ones(1).expand(MANY);
    Tensor row = ones(1, 1).expand(1, 1 << 16);
    assertRefused("4294967296", () -> wide.add(1));
    assertRefused("4294967296", () -> wide.mul(wide));
    assertRefused("4294967296", () -> row.add(row.transpose(0, 1)));
    assertRefused("4294967296", () -> row.transpose(0, 1).matmul(row));
    assertRefused(
        "4294967296",
        () -> Tensors.stack(0, wide.slice(0, 0, MANY / 2, 1), wide.slice(0, 0, MANY / 2, 1)));
    assertRefused("4294967296", () -> wide.softmax(0));
    assertRefused("4294967296", () -> wide.gt(0));
    assertRefused("4294967296", () -> Tensors.zerosLike(wide));
  }

  @Test
  void gradients() {
    Tensor x = ones(TensorOptions.withGrad(), 1);
    assertRefused("4294967296", () -> x.expand(MANY).mul(2));
    assertRefused("4294967296", () -> x.expand(MANY).backward(ones(1).expand(MANY).mul(ones(1))));
  }

  @Test
  void a_shape_of_no_elements_may_have_large_sizes() {
    assertTrue(Tensors.zeros(0, MANY).toFloatArray().length == 0);
    assertTrue(Shape.of(MANY, 0).numel() == 0);
  }
}
