package fluxion.engine.registry;

import static fluxion.engine.registry.Fakes.TENSOR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.PluginException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls by name. */
final class BinderTest {
  private final List<Object> received = new ArrayList<>();

  private Tensor receive(Object... values) {
    received.addAll(Arrays.asList(values));
    return TENSOR;
  }

  private final Operator add =
      Operator.named("add")
          .overload(
              "(Tensor self, Tensor other, *, Scalar alpha=1)",
              Call.Scaled.class,
              (self, other, alpha) -> receive("tensors", alpha))
          .overload(
              "(Tensor self, Scalar other, *, Scalar alpha=1)",
              Call.ScaledScalar.class,
              (self, other, alpha) -> receive("numbers", other, alpha));

  private final Operator sum =
      Operator.named("sum")
          .overload(
              "(Tensor self, int[]? dim=None, bool keepdim=False, *, ScalarType? dtype=None)",
              Call.Reduce.class,
              (self, dim, keepdim, dtype) -> receive(dim, keepdim, dtype));

  private static Object call(Operator operator, Object... arguments) {
    return Binder.call(operator, "acme", Arrays.asList(arguments), Map.of());
  }

  @Test
  void the_first_signature_that_takes_the_arguments_is_called() {
    assertSame(TENSOR, call(add, TENSOR, TENSOR));
    call(add, TENSOR, 2);
    assertEquals(List.of("tensors", Scalar.of(1), "numbers", Scalar.of(2), Scalar.of(1)), received);
  }

  @Test
  void an_argument_may_be_given_by_name() {
    Binder.call(add, "acme", List.of(TENSOR, TENSOR), Map.of("alpha", 0.5));
    assertEquals(List.of("tensors", Scalar.of(0.5)), received);
  }

  @Test
  void defaults_stand_for_what_is_not_given() {
    call(sum, TENSOR);
    assertNull(received.get(0));
    assertEquals(false, received.get(1));
    assertNull(received.get(2));
  }

  @Test
  void a_list_or_one_number_is_taken_where_integers_are_wanted() {
    call(sum, TENSOR, List.of(0L, 1L), true);
    call(sum, TENSOR, 1);
    call(sum, TENSOR, new long[] {2}, false);
    assertArrayEquals(new int[] {0, 1}, (int[]) received.get(0));
    assertArrayEquals(new int[] {1}, (int[]) received.get(3));
    assertArrayEquals(new int[] {2}, (int[]) received.get(6));
  }

  @Test
  void a_dtype_is_given_by_name_only() {
    Binder.call(sum, "acme", List.of(TENSOR), Map.of("dtype", DType.FLOAT64));
    assertEquals(DType.FLOAT64, received.get(2));
    assertRefused("takes 3 positional arguments, got 4", sum, TENSOR, 0, true, DType.FLOAT64);
  }

  @Test
  void a_number_that_needs_more_than_32_bits_does_not_fit_a_dimension() {
    assertRefused("parameter 'dim' takes 32 bits, got 4294967296", sum, TENSOR, 1L << 32);
  }

  @Test
  void what_does_not_fit_is_refused_with_the_reason_for_each_signature() {
    String message = assertRefused("add() received an invalid combination", add, TENSOR, "two");
    assertTrue(message.contains("got (Tensor, String), but expected one of:"), message);
    assertTrue(message.contains("parameter 'other' takes Tensor other, got String"), message);
    assertTrue(message.contains("parameter 'other' takes Scalar other, got String"), message);
  }

  @Test
  void a_missing_a_doubled_and_an_unknown_argument_are_refused() {
    assertRefused("parameter 'other' is missing", add, TENSOR);
    assertRefused("parameter 'self' must not be absent", add, null, TENSOR);
    ArgumentException doubled =
        assertThrows(
            ArgumentException.class,
            () -> Binder.call(add, "acme", List.of(TENSOR, 1), Map.of("other", 1)));
    assertTrue(doubled.getMessage().contains("parameter 'other' is given twice"));
    ArgumentException unknown =
        assertThrows(
            ArgumentException.class,
            () -> Binder.call(add, "acme", List.of(TENSOR, 1), Map.of("beta", 1)));
    assertTrue(unknown.getMessage().contains("has no parameter 'beta'"));
  }

  @Test
  void an_operators_own_error_arrives_as_it_is() {
    ShapeException own = new ShapeException("sizes");
    Operator failing =
        Operator.named("f")
            .overload(
                "(Tensor self)",
                Call.Unary.class,
                self -> {
                  throw own;
                });
    assertSame(own, assertThrows(ShapeException.class, () -> call(failing, TENSOR)));
  }

  @Test
  void a_class_that_is_missing_at_the_call_names_the_operator_and_its_module() {
    Operator failing =
        Operator.named("f")
            .overload(
                "(Tensor self)",
                Call.Unary.class,
                self -> {
                  throw new NoClassDefFoundError("acme/Table");
                });
    PluginException e = assertThrows(PluginException.class, () -> call(failing, TENSOR));
    assertEquals(
        "operator 'f' of module acme failed: needs class acme.Table, which is not there"
            + " (NoClassDefFoundError); add the jar that has it",
        e.getMessage());
  }

  @Test
  void a_result_that_is_no_tensor_is_an_error() {
    Operator nothing =
        Operator.named("f").overload("(Tensor self)", Call.Unary.class, self -> null);
    PluginException e = assertThrows(PluginException.class, () -> call(nothing, TENSOR));
    assertEquals("operator 'f' of module acme gave null instead of a tensor", e.getMessage());
  }

  private static String assertRefused(String part, Operator operator, Object... arguments) {
    String message =
        assertThrows(ArgumentException.class, () -> call(operator, arguments)).getMessage();
    assertTrue(message.contains(part), message);
    return message;
  }
}
