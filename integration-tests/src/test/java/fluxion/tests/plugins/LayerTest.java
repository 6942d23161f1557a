package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.Plugins;
import fluxion.api.Selection;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins that are added to a running program and withdrawn. */
final class LayerTest {
  @TempDir Path folder;

  private final List<ModuleLayer> added = new ArrayList<>();
  private Workshop workshop;

  @BeforeEach
  void open_the_workshop() {
    workshop = new Workshop(folder);
  }

  @AfterEach
  void withdraw_what_was_added() {
    added.forEach(Plugins::remove);
  }

  private ModuleLayer add() {
    ModuleLayer layer = Plugins.load(folder).layer();
    added.add(layer);
    return layer;
  }

  private static Plugin plugin(String module) {
    return Plugins.list().stream()
        .filter(plugin -> plugin.module().equals(module))
        .findFirst()
        .orElseThrow();
  }

  private String refusal(Workshop.Sources module) {
    workshop.make(module);
    workshop.make(Workshop.scaling("acme.good", "acme_triple", 3));
    add();
    // whatever is refused, the others work
    assertEquals(6.0, Ops.call("acme_triple", Tensors.tensor(2.0)).item());
    Plugin refused = plugin("acme.bad");
    assertFalse(refused.isFullyUsable());
    assertEquals(List.of(), refused.offers());
    assertEquals(Workshop.VERSION, refused.version());
    return refused.refusal();
  }

  // ---- good plugins

  @Test
  void an_operator_is_found_called_and_differentiated() {
    workshop.make(Workshop.scaling("acme.good", "acme_triple", 3));
    add();
    Tensor x = Tensors.tensor(1.0, 2.0).requiresGrad_(true);
    Ops.call("acme_triple", x).sum().backward();
    assertArrayEquals(new double[] {3, 3}, x.grad().toDoubleArray());
    Plugin plugin = plugin("acme.good");
    assertEquals(Plugin.Kind.OPERATORS, plugin.kind());
    assertEquals("acme.good operators", plugin.name());
    assertEquals("1.0", plugin.version());
    assertEquals(List.of("acme_triple"), plugin.offers());
    assertTrue(plugin.isFullyUsable());
    assertTrue(Ops.names().contains("acme_triple"));
  }

  @Test
  void an_operator_that_was_withdrawn_fails_and_says_so() {
    workshop.make(Workshop.scaling("acme.good", "acme_triple", 3));
    ModuleLayer layer = add();
    Tensor x = Tensors.tensor(1.0).requiresGrad_(true);
    Tensor y = Ops.call("acme_triple", x);
    Plugins.remove(layer);
    PluginException e = assertThrows(PluginException.class, () -> Ops.call("acme_triple", x));
    assertTrue(
        e.getMessage()
            .startsWith(
                "operator 'acme_triple' is missing: acme.good 1.0, which provided it, was"
                    + " withdrawn. There are: fluxion.engine ("),
        e.getMessage());
    assertTrue(Plugins.list().stream().noneMatch(p -> p.module().equals("acme.good")));
    // what was recorded before is not lost
    y.backward();
    assertEquals(3.0, x.grad().item());
  }

  @Test
  void a_name_may_have_a_namespace() {
    workshop.make(Workshop.scaling("acme.good", "acme:triple_up", 3));
    add();
    Tensor x = Tensors.tensor(1.0, 2.0).requiresGrad_(true);
    Tensor y = Ops.call("acme:triple_up", x);
    assertEquals("TripleUpBackward0", y.gradFn().name());
    y.sum().backward();
    assertArrayEquals(new double[] {3, 3}, x.grad().toDoubleArray());
    // the plain name is another's, or nobody's
    assertThrows(PluginException.class, () -> Ops.call("triple_up", x));
  }

  @Test
  void a_preference_may_say_of_what_kind_the_name_is() {
    workshop.make(Workshop.scaling("acme.rival", "sinh", 100));
    add();
    Tensor x = Tensors.tensor(2.0);
    Plugins.prefer("device:sinh", "acme.rival");
    assertThrows(PluginException.class, x::sinh);
    Plugins.prefer("op:sinh", "acme.rival");
    assertEquals(200.0, x.sinh().item());
    assertEquals(
        new Selection(
            Plugin.Kind.OPERATORS,
            "sinh",
            "acme.rival",
            List.of("fluxion.ops.basic", "acme.rival"),
            "preferred"),
        Plugins.selections().stream()
            .filter(s -> s.name().equals("sinh"))
            .findFirst()
            .orElseThrow());
    Plugins.prefer("op:sinh", "fluxion.ops.basic");
  }

  @Test
  void a_provider_may_come_from_a_static_method() {
    workshop.make(
        Workshop.Sources.of(
                "acme.method",
                "requires fluxion.engine;"
                    + " provides fluxion.engine.spi.FunctionProvider with acme.method.Factory;")
            .file(
                "acme.method.Factory",
                """
                package acme.method;
                import fluxion.engine.spi.*;
                import java.util.List;
                public final class Factory {
                  public static FunctionProvider provider() {
                    return new FunctionProvider() {
                      public int spiVersion() { return SpiVersion.CURRENT; }
                      public String name() { return "made by a method"; }
                      public List<Operator> operators() {
                        return List.of(Operator.unary(PointwiseFunction.unary(
                            "acme_same", Promotion.INT_TO_FLOAT, x -> x.mul(1.0))));
                      }
                    };
                  }
                }
                """));
    add();
    assertEquals("made by a method", plugin("acme.method").name());
    assertEquals(5.0, Ops.call("acme_same", Tensors.tensor(5.0)).item());
  }

  @Test
  void a_layer_over_a_layer_brings_only_its_own_plugins(@TempDir Path upper) {
    workshop.make(Workshop.scaling("acme.lower", "acme_triple", 3));
    ModuleLayer below = add();
    new Workshop(upper).make(Workshop.scaling("acme.upper", "acme_double", 2));
    var finder = java.lang.module.ModuleFinder.of(upper);
    var none = java.lang.module.ModuleFinder.of();
    ModuleLayer above =
        below.defineModulesWithOneLoader(
            below.configuration().resolve(finder, none, List.of("acme.upper")),
            ClassLoader.getSystemClassLoader());
    Plugins.add(above);
    added.add(above);
    assertEquals(6.0, Ops.call("acme_triple", Tensors.tensor(2.0)).item());
    assertEquals(4.0, Ops.call("acme_double", Tensors.tensor(2.0)).item());
    Plugins.remove(below);
    assertEquals(4.0, Ops.call("acme_double", Tensors.tensor(2.0)).item());
    assertThrows(PluginException.class, () -> Ops.call("acme_triple", Tensors.tensor(2.0)));
  }

  // ---- plugins that are refused

  @Test
  void another_version_of_the_spi_is_refused() {
    assertEquals(
        "was compiled for version 7 of the SPI, and this engine speaks version 2; use a release of"
            + " the plugin for version 2 or an engine that speaks version 7",
        refusal(Workshop.operators("acme.bad", "public int spiVersion() { return 7; }")));
  }

  @ParameterizedTest
  @CsvSource({
    "public Functions()",
    "public int spiVersion()",
    "public String name()",
    "public List<Operator> operators()"
  })
  void a_provider_that_throws_is_refused_with_the_cause(String member) {
    assertEquals(
        "IllegalStateException: no licence",
        refusal(
            Workshop.operators(
                "acme.bad", member + " { throw new IllegalStateException(\"no licence\"); }")));
    assertEquals("acme.bad.Functions", plugin("acme.bad").name());
  }

  @Test
  void a_class_that_is_missing_is_named() {
    workshop.make(
        Workshop.Sources.of("acme.helper", "exports acme.helper;")
            .file(
                "acme.helper.Helper",
                """
                package acme.helper;
                public final class Helper {
                  public static String help() { return "help"; }
                }
                """));
    Workshop.Sources bad =
        Workshop.operators(
            "acme.bad", "public String name() { return acme.helper.Helper.help(); }");
    bad.file(
        "module-info",
        """
        module acme.bad {
          requires fluxion.engine;
          requires static acme.helper;
          provides fluxion.engine.spi.FunctionProvider with acme.bad.Functions;
        }
        """);
    workshop.make(bad);
    workshop.delete("acme.helper");
    add();
    assertEquals(
        "needs class acme.helper.Helper, which is not there (NoClassDefFoundError); add the jar"
            + " that has it",
        plugin("acme.bad").refusal());
  }

  @Test
  void a_provider_whose_class_cannot_be_loaded_is_refused_by_name() {
    Workshop.Sources bad = Workshop.operators("acme.bad", "static final Base BASE = new Base();");
    bad.file("acme.bad.Base", "package acme.bad; class Base {}");
    workshop.make(bad);
    workshop.delete("acme.bad/acme/bad/Functions.class");
    workshop.make(Workshop.scaling("acme.good", "acme_triple", 3));
    add();
    Plugin refused = plugin("acme.bad");
    assertEquals("acme.bad.Functions", refused.name());
    assertEquals(
        "Provider acme.bad.Functions not found; the jar is damaged or names a class that it does"
            + " not hold: build it again",
        refused.refusal());
    assertTrue(plugin("acme.good").isFullyUsable());
  }

  @Test
  void an_operator_that_cannot_be_called_as_it_says_is_refused_with_its_plugin() {
    assertEquals(
        "operator 'f', overload f(Tensor self, int dim): it has 2 parameters,"
            + " fluxion.api.spi.Call$Unary has 1",
        refusal(
            Workshop.operators(
                "acme.bad",
                """
                public List<Operator> operators() {
                  return List.of(Operator.named("f")
                      .overload("(Tensor self, int dim)", Call.Unary.class, self -> self));
                }
                """)));
  }

  @Test
  void a_signature_that_is_none_is_refused() {
    assertTrue(
        refusal(
                Workshop.operators(
                    "acme.bad",
                    """
                    public List<Operator> operators() {
                      return List.of(Operator.named("f")
                          .overload("(Matrix self)", Call.Unary.class, self -> self));
                    }
                    """))
            .contains("there is no parameter type 'Matrix'"));
  }

  @Test
  void a_provider_that_computes_while_it_lists_works_in_a_running_program() {
    workshop.make(
        Workshop.operators(
            "acme.good",
            """
            public List<Operator> operators() {
              double factor = Tensors.tensor(4.0).add(1).item();
              return List.of(Operator.unary(PointwiseFunction.unary(
                  "acme_five", Promotion.INT_TO_FLOAT, x -> x.mul(factor))));
            }
            """));
    add();
    assertEquals(10.0, Ops.call("acme_five", Tensors.tensor(2.0)).item());
  }

  // ---- names that clash

  @Test
  void a_name_that_ops_basic_has_already_is_nobodys_until_one_is_preferred() {
    Tensor x = Tensors.tensor(2.0);
    assertEquals(0.0, x.cos().sub(x.cos()).item());
    workshop.make(Workshop.scaling("acme.rival", "cos", 100));
    ModuleLayer layer = add();
    // the method's call site links anew
    FluxionException e = assertThrows(PluginException.class, x::cos);
    assertEquals(
        "operator 'cos' is offered by modules fluxion.ops.basic and acme.rival; choose one with"
            + " -Dfluxion.prefer=cos=fluxion.ops.basic or with Plugins.prefer",
        e.getMessage());
    assertTrue(plugin("acme.rival").refusal().startsWith("'cos' is offered also by fluxion.ops."));
    assertTrue(plugin("fluxion.ops.basic").refusal().contains("'cos' is offered also by acme"));
    // the other operators of both work
    assertEquals(4.0, x.add(x).item());

    Plugins.prefer("cos", "acme.rival");
    assertEquals(200.0, x.cos().item());
    assertTrue(plugin("acme.rival").isFullyUsable());
    Plugins.prefer("cos", "fluxion.ops.basic");
    assertEquals(Math.cos(2.0), x.cos().item(), 1e-6);
    Plugins.remove(layer);
    assertEquals(Math.cos(2.0), x.cos().item(), 1e-6);
  }
}
