package fluxion.conformance.fuzz.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Statement leaf(double... values) {
    return new Statement.Leaf(
        DType.FLOAT32, Shape.of(values.length), Arrays.stream(values).boxed().toList(), true);
  }

  private static Statement call(String operator, Integer... slots) {
    List<Argument> arguments =
        Arrays.stream(slots).map(slot -> (Argument) new Argument.Slot(slot)).toList();
    return new Statement.Call(operator, arguments, Map.of(), Statement.Call.ONLY);
  }

  private static Program program(Statement... statements) {
    return new Program(List.of(statements), List.of(statements.length - 1));
  }

  private static Program forward(Statement... statements) {
    return new Program(List.of(statements), List.of());
  }

  /** What is found if a device makes of one program what a right device makes of another. */
  private static Optional<String> difference(Program expected, Program instead) {
    return new Comparison(
            expected,
            ProgramRunner.run(instead, Device.CPU, Noise.NONE),
            ProgramRunner.run(expected, Device.CPU, Noise.NONE),
            List.of(
                ProgramRunner.run(expected, Device.CPU, Noise.UP),
                ProgramRunner.run(expected, Device.CPU, Noise.DOWN)))
        .difference();
  }

  @Test
  void what_is_not_rounded_must_be_the_same() {
    Program expected = program(leaf(1, 2), call("add", 0, 0));
    assertEquals(Optional.empty(), difference(expected, expected));
    String found =
        difference(expected, program(leaf(1, Math.nextUp(2f)), call("add", 0, 0))).orElseThrow();
    assertTrue(found.contains("element [1] is 2.000000238418579"), found);
    assertTrue(found.contains("nothing in it is rounded"), found);
  }

  @Test
  void an_elementary_function_may_differ_in_the_last_place_and_no_more() {
    Program expected = program(leaf(1, 2), call("exp", 0));
    String found = difference(expected, program(leaf(1, 2), call("expm1", 0))).orElseThrow();
    assertTrue(found.contains("t1 = Ops.call(\"exp\", t0)"), found);
  }

  @Test
  void a_view_of_what_an_operator_has_made_is_as_inexact_as_its_memory() {
    Statement.Leaf x =
        new Statement.Leaf(DType.FLOAT32, Shape.of(2, 2), List.of(1.0, 2.0, 4.0, -4.0), true);
    // a product, given transposed: of other memory than x, though a view
    Statement.Call product =
        new Statement.Call(
            "tensordot",
            List.of(new Argument.Slot(0), new Argument.Slot(0), new Argument.Value(1L)),
            Map.of(),
            Statement.Call.ONLY,
            true);
    Program expected = forward(x, product);
    assertTrue(ProgramRunner.run(expected, Device.CPU, Noise.NONE).refusal() == null);
    Elements exact = ProgramRunner.run(expected, Device.CPU, Noise.NONE).values().get(1);
    Elements disturbed = ProgramRunner.run(expected, Device.CPU, Noise.UP).values().get(1);
    assertTrue(exact.real(0) < disturbed.real(0), exact.text(0) + " " + disturbed.text(0));
  }

  @Test
  void a_wrong_gradient_is_found() {
    Program expected = program(leaf(-1, 2), call("abs", 0));
    Program instead = program(leaf(-1, 2), call("clone", 0), call("abs", 1));
    assertTrue(difference(instead, instead).isEmpty());
    Program zero = new Program(expected.statements(), List.of());
    String found = difference(expected, zero).orElseThrow();
    assertTrue(found.contains("the gradient of t0 is missing"), found);
  }

  @Test
  void nan_must_meet_nan() {
    Program expected = program(leaf(-1, 2), call("log", 0));
    Program instead = program(leaf(1, 2), call("log", 0));
    assertTrue(difference(expected, instead).isPresent());
  }

  @Test
  void terms_that_cancel_in_a_gradient_leave_their_rounding() {
    // near its minimum the derivative of mish is a difference of larger numbers
    Program program = program(leaf(-1.265625), call("mish", 0));
    double exact = gradient(program, Noise.NONE);
    assertTrue(gradient(program, Noise.UP) != exact && gradient(program, Noise.DOWN) != exact);
  }

  @Test
  void terms_of_two_uses_that_cancel_in_a_gradient_leave_their_rounding() {
    // 1/x − x/x², of which each device may round both terms
    Program program = program(leaf(1.890625), call("div", 0, 0));
    double exact = gradient(program, Noise.NONE);
    assertTrue(gradient(program, Noise.MIXED) != exact);
    assertEquals(
        ProgramRunner.run(program, Device.CPU, Noise.NONE).values().get(1).real(0),
        ProgramRunner.run(program, Device.CPU, Noise.MIXED).values().get(1).real(0));
  }

  @Test
  void a_call_that_gives_its_argument_has_no_gradient_of_its_own() {
    Statement.Call same =
        new Statement.Call(
            "atleast_1d", List.of(new Argument.Slot(0)), Map.of(), Statement.Call.ONLY, true);
    Program expected = program(leaf(1, 2), same, call("exp", 0));
    Outcome outcome = ProgramRunner.run(expected, Device.CPU, Noise.NONE);
    assertTrue(outcome.gradients().get(0) != null && outcome.gradients().get(1) == null);
    Program instead = program(leaf(1, 2), same, call("exp", 1));
    assertEquals(Optional.empty(), difference(expected, instead));
  }

  private static double gradient(Program program, Noise noise) {
    Elements gradient = ProgramRunner.run(program, Device.CPU, noise).gradients().get(0);
    return Objects.requireNonNull(gradient).real(0);
  }

  @Test
  void next_to_zero_the_last_place_is_the_smallest_number() {
    Statement tiny = leaf(9 * Float.MIN_VALUE);
    Program expected = forward(tiny, call("sinh", 0));
    assertEquals(Optional.empty(), difference(expected, forward(tiny, call("add", 0, 0))));
    assertTrue(difference(expected, forward(tiny, call("exp", 0))).isPresent());
  }

  @Test
  void the_sign_of_a_computed_nan_is_left_open() {
    Program expected = forward(leaf(0), call("div", 0, 0), call("signbit", 1));
    Program always = forward(leaf(0), call("div", 0, 0), call("isnan", 1));
    Program never = forward(leaf(0), call("div", 0, 0), call("isfinite", 1));
    assertEquals(Optional.empty(), difference(expected, always));
    assertEquals(Optional.empty(), difference(expected, never));
    Program ofNumber = forward(leaf(1), call("neg", 0), call("signbit", 1));
    Program otherwise = forward(leaf(1), call("neg", 0), call("isnan", 1));
    assertTrue(difference(ofNumber, otherwise).isPresent());
  }

  @Test
  void what_rounding_may_turn_is_left_open() {
    // exp(0) is 1, and its floor is 0 after an error of one unit downwards
    Program floor = forward(leaf(0), call("exp", 0), call("floor", 1));
    Program frac = forward(leaf(0), call("exp", 0), call("frac", 1));
    assertEquals(Optional.empty(), difference(floor, frac));
    Program exactFloor = forward(leaf(1), call("neg", 0), call("floor", 1));
    Program exactFrac = forward(leaf(1), call("neg", 0), call("frac", 1));
    assertTrue(difference(exactFloor, exactFrac).isPresent());
  }

  @Test
  void a_sum_whose_parts_may_overflow_may_have_either_sign() {
    Statement terms = leaf(1e30, -1e30);
    Statement less = call("lt", 1, 2);
    Program expected = forward(terms, call("sum", 0), leaf(0), less);
    Program negative = forward(terms, call("amin", 0), leaf(0), less);
    assertEquals(Optional.empty(), difference(expected, negative));
  }

  @Test
  void a_refusal_must_be_of_the_same_kind_at_the_same_place() {
    Program refused = program(leaf(1, 2), call("exp_", 0));
    Program taken = program(leaf(1, 2), call("exp", 0));
    String found = difference(taken, refused).orElseThrow();
    assertTrue(found.contains("t1 threw fluxion.api.AutogradException"), found);
    assertTrue(found.contains("on the reference it ran to its end"), found);
  }
}
