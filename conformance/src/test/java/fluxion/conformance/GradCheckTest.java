package fluxion.conformance;

import static fluxion.api.Tensors.tensor;
import static fluxion.conformance.WrongFunctions.square;
import static fluxion.conformance.WrongFunctions.squareTimes;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.conformance.WrongFunctions.Slope;
import fluxion.conformance.function.Bits;
import fluxion.conformance.function.SampleTensors;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GradCheckTest {
  private static final GradCheck CHECK = GradCheck.DEFAULT.withName("square");

  private static final Slope RIGHT = (x, g) -> g.mul(x).mul(2);
  private static final Slope ZERO = (x, g) -> g.mul(0);
  private static final Slope NONE = (x, g) -> null;
  private static final Slope WITHOUT_FACTOR = (x, g) -> g.mul(x);
  private static final Slope SLIGHTLY_WRONG = (x, g) -> g.mul(x).mul(2.0001);
  private static final Slope NOT_A_NUMBER = (x, g) -> g.mul(Double.NaN);
  private static final Slope DETACHED = (x, g) -> g.mul(x.detach()).mul(2);
  private static final Slope CUT_OFF = (x, g) -> g.mul(x).mul(2).detach();

  private static Tensor small() {
    return new SampleTensors(1).tensor(2, 3);
  }

  private static Tensor large() {
    return new SampleTensors(2).tensor(10, 20);
  }

  private static String refusal(Slope slope, Tensor x) {
    return assertThrows(AssertionError.class, () -> CHECK.check(square(slope), List.of(x)))
        .getMessage();
  }

  private static String secondRefusal(Slope slope, Tensor x) {
    return assertThrows(AssertionError.class, () -> CHECK.checkSecond(square(slope), List.of(x)))
        .getMessage();
  }

  @Test
  void right_gradients_pass() {
    GradCheck.gradcheck(square(RIGHT), small());
    GradCheck.gradcheck(square(RIGHT), large());
    GradCheck.gradcheck(squareTimes(false), small(), small());
    GradCheck.gradgradcheck(square(RIGHT), small());
    GradCheck.gradgradcheck(square(RIGHT), large());
    GradCheck.gradgradcheck(squareTimes(false), small(), small());
  }

  @Test
  void a_zero_gradient_is_found() {
    assertTrue(refusal(ZERO, small()).contains("analytic 0.0"));
    refusal(ZERO, large());
    refusal(NONE, small());
    refusal(NONE, large());
  }

  @Test
  void a_missing_factor_is_found() {
    refusal(WITHOUT_FACTOR, small());
    refusal(WITHOUT_FACTOR, large());
  }

  @Test
  void a_gradient_off_by_a_twenty_thousandth_is_found() {
    refusal(SLIGHTLY_WRONG, small());
    refusal(SLIGHTLY_WRONG, large());
  }

  @Test
  void swapped_gradients_are_found() {
    Tensor x = small();
    Tensor y = small().detach().add(1).requiresGrad_();
    assertThrows(AssertionError.class, () -> GradCheck.gradcheck(squareTimes(true), x, y));
  }

  @Test
  void a_NaN_never_passes() {
    assertTrue(refusal(NOT_A_NUMBER, small()).contains("analytic NaN"));
    refusal(NOT_A_NUMBER, large());
  }

  @Test
  void a_NaN_on_both_sides_does_not_pass_either() {
    TensorFunction function = x -> List.of(x.get(0).mul(Double.NaN));
    assertThrows(AssertionError.class, () -> GradCheck.gradcheck(function, small()));
  }

  @Test
  void a_second_derivative_that_alone_is_wrong_is_found() {
    GradCheck.gradcheck(square(DETACHED), small());
    secondRefusal(DETACHED, small());
    secondRefusal(DETACHED, large());
  }

  @Test
  void a_gradient_that_cannot_be_differentiated_is_found() {
    GradCheck.gradcheck(square(CUT_OFF), small());
    secondRefusal(CUT_OFF, small());
    secondRefusal(CUT_OFF, large());
  }

  @Test
  void the_message_says_what_where_and_how_much() {
    Tensor x = tensor(3.0, 5.0).requiresGrad_();
    String message = refusal(WITHOUT_FACTOR, x);
    assertTrue(message.startsWith("square: the gradient of input 0 is wrong in 2 of 4"), message);
    assertTrue(message.contains("result 0[0], input 0[0]: analytic 3.0, numeric 6"), message);
    String second = secondRefusal(DETACHED, x);
    assertTrue(second.startsWith("the gradient of square: "), second);
  }

  @Test
  void every_result_is_looked_at() {
    TensorFunction function = x -> List.of(x.get(0).mul(3), square(WITHOUT_FACTOR).apply(x).get(0));
    String message =
        assertThrows(AssertionError.class, () -> GradCheck.gradcheck(function, small()))
            .getMessage();
    assertTrue(message.contains("result 1"), message);
  }

  @Test
  void an_input_without_gradient_is_a_constant() {
    Tensor constant = small().detach();
    assertDoesNotThrow(
        () -> GradCheck.gradcheck(x -> List.of(x.get(0).mul(x.get(1))), small(), constant));
  }

  @Test
  void a_point_with_a_tiny_derivative_is_refused_on_demand() {
    TensorFunction function = x -> List.of(x.get(0).mul(1e-9));
    GradCheck.gradcheck(function, small());
    GradCheck strict = GradCheck.DEFAULT.refusingBlindPoints();
    String message =
        assertThrows(AssertionError.class, () -> strict.check(function, List.of(small())))
            .getMessage();
    assertTrue(message.contains("Choose another point"), message);
    assertThrows(AssertionError.class, () -> strict.check(function, List.of(large())));
    strict.check(square(RIGHT), List.of(small()));
  }

  @Test
  void a_result_cut_off_from_its_inputs_is_an_error() {
    TensorFunction function = x -> List.of(x.get(0).detach());
    assertThrows(AssertionError.class, () -> GradCheck.gradcheck(function, small()));
    assertThrows(AssertionError.class, () -> GradCheck.gradgradcheck(function, small()));
  }

  @Test
  void nothing_to_differentiate_is_an_error() {
    TensorFunction function = x -> x;
    assertThrows(ArgumentException.class, () -> GradCheck.gradcheck(function, small().detach()));
    Tensor single = small().detach().to(DType.FLOAT32).requiresGrad_();
    String message =
        assertThrows(ArgumentException.class, () -> GradCheck.gradcheck(function, single))
            .getMessage();
    assertTrue(message.contains("float32"), message);
  }

  @Test
  void the_point_is_left_alone() {
    Tensor x = small();
    long[] before = Bits.bits(x);
    GradCheck.gradcheck(square(RIGHT), x);
    GradCheck.gradgradcheck(square(RIGHT), x);
    assertEquals(List.of(before[0], before[5]), List.of(Bits.bits(x)[0], Bits.bits(x)[5]));
    assertEquals(null, x.grad());
    assertEquals(0, x.version());
  }
}
