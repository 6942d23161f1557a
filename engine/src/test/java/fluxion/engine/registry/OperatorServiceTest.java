package fluxion.engine.registry;

import static fluxion.engine.registry.Fakes.operator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.PluginException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Operator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which operators a provider may offer. */
final class OperatorServiceTest {
  /** A form of call with an optional integer, a float and a text. */
  public interface Mixed {
    Tensor apply(Tensor self, Integer dim, double eps, String mode);
  }

  /** A form of call with a primitive integer. */
  public interface Narrow {
    Tensor apply(Tensor self, int dim);
  }

  /** A form of call that gives no tensor. */
  public interface Counting {
    long apply(Tensor self);
  }

  /** Two methods: no form of call. */
  public interface Two {
    Tensor one(Tensor self);

    Tensor two(Tensor self);
  }

  interface Hidden {
    Tensor apply(Tensor self);
  }

  private static String refusal(Operator... operators) {
    return assertThrows(
            PluginException.class,
            () ->
                new OperatorService()
                    .offers(Fakes.Functions.listing(() -> Arrays.asList(operators))))
        .getMessage();
  }

  @Test
  void good_operators_keep_their_order() {
    assertEquals(
        List.of("b", "a", "a_"),
        List.copyOf(new OperatorService().offers(Fakes.Functions.of("b", "a", "a_")).keySet()));
  }

  @Test
  void null_is_no_list_and_no_operator() {
    PluginException e =
        assertThrows(
            PluginException.class,
            () -> new OperatorService().offers(Fakes.Functions.listing(() -> null)));
    assertEquals("operators() gave null", e.getMessage());
    assertEquals("operators() lists null", refusal(operator("a"), null));
  }

  @Test
  void a_name_is_listed_once() {
    assertEquals("operators() lists 'a' twice", refusal(operator("a"), operator("a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":",
        "a:",
        ":a",
        "a:2d",
        "a:b:c",
        "soft plus",
        "2d",
        "a=b",
        "a,b",
        "a-b",
        "été"
      })
  void a_name_is_one_word(String name) {
    assertTrue(
        refusal(Operator.named(name)).startsWith("'" + name + "' is no name for an operator"));
  }

  @Test
  void an_operator_that_nothing_can_call_is_refused() {
    assertEquals(
        "operator 'a' has no overload, so nothing can call it", refusal(Operator.named("a")));
  }

  @Test
  void an_implementation_must_be_of_its_call() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Operator mistaken =
        Operator.named("a").overload("(Tensor self)", (Class) Call.Unary.class, (Object) "no call");
    assertEquals(
        "operator 'a', overload a(Tensor self): its implementation is no"
            + " fluxion.api.spi.Call$Unary",
        refusal(mistaken));
  }

  @Test
  void a_signature_has_as_many_parameters_as_its_call() {
    assertEquals(
        "operator 'a', overload a(Tensor self, Tensor other): it has 2 parameters,"
            + " fluxion.api.spi.Call$Unary has 1",
        refusal(
            Operator.named("a")
                .overload("(Tensor self, Tensor other)", Call.Unary.class, self -> self)));
  }

  @Test
  void a_parameter_has_a_type_that_its_call_takes() {
    assertTrue(
        refusal(
                Operator.named("a")
                    .overload("(Tensor self, int dim)", Call.Binary.class, (self, dim) -> self))
            .endsWith("parameter 'int dim' is Tensor in fluxion.api.spi.Call$Binary"));
  }

  @Test
  void an_optional_parameter_must_be_able_to_be_null() {
    assertTrue(
        refusal(
                Operator.named("a")
                    .overload("(Tensor self, int? dim=None)", Narrow.class, (self, dim) -> self))
            .contains("parameter 'int? dim=None' may be absent, but int in "));
  }

  @Test
  void a_default_must_fit_its_parameter() {
    assertTrue(
        refusal(
                Operator.named("a")
                    .overload("(Tensor self, int dim=last)", Narrow.class, (self, dim) -> self))
            .endsWith("the default of parameter 'int dim=last' does not fit it"));
  }

  @Test
  void a_call_gives_tensors_and_is_a_functional_interface() {
    assertTrue(
        refusal(Operator.named("a").overload("(Tensor self)", Counting.class, self -> 1))
            .endsWith("gives long, not Tensor or Tensor[]"));
    assertTrue(
        refusal(
                Operator.named("a")
                    .overload(
                        "(Tensor self)",
                        Two.class,
                        new Two() {
                          @Override
                          public Tensor one(Tensor self) {
                            return self;
                          }

                          @Override
                          public Tensor two(Tensor self) {
                            return self;
                          }
                        }))
            .endsWith("is no functional interface"));
  }

  @Test
  void a_call_that_others_cannot_see_is_refused() {
    assertTrue(
        refusal(Operator.named("a").overload("(Tensor self)", Hidden.class, self -> self))
            .contains("is not public in an exported package"));
    // public, but the engine does not export this package
    assertTrue(
        refusal(
                Operator.named("a")
                    .overload(
                        "(Tensor self, int? dim=None, float eps=1e-05, str mode='mean')",
                        Mixed.class,
                        (self, dim, eps, mode) -> self))
            .contains("is not public in an exported package"));
  }
}
