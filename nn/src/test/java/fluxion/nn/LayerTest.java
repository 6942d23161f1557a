package fluxion.nn;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LayerTest {
  /** A layer with a parameter of its own and one layer inside. */
  private static final class Scaled extends Layer {
    private final Layer inner;
    private final Tensor scale;

    Scaled(Layer inner) {
      this.inner = register("inner", inner);
      this.scale = register("scale", ones(1));
    }

    @Override
    public Tensor forward(Tensor input) {
      return inner.forward(input).mul(scale);
    }

    @Override
    protected String extraText() {
      return "by=1\nmode=all";
    }
  }

  @Test
  void a_chain_prints_as_in_pytorch() {
    Layer model = new Sequential(new Linear(3, 2), new ReLU());
    assertEquals(
        """
        Sequential(
          (0): Linear(in_features=3, out_features=2, bias=True)
          (1): ReLU()
        )\
        """,
        model.toString());
    assertEquals("Sequential()", new Sequential().toString());
  }

  @Test
  void layers_inside_are_indented_after_the_extra_lines() {
    Layer model = new Scaled(new Sequential(new Linear(1, 1, false)));
    assertEquals(
        """
        Scaled(
          by=1
          mode=all
          (inner): Sequential(
            (0): Linear(in_features=1, out_features=1, bias=False)
          )
        )\
        """,
        model.toString());
  }

  @Test
  void parameters_come_in_order_under_their_paths() {
    Layer model = new Scaled(new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1)));
    assertEquals(
        List.of("scale", "inner.0.weight", "inner.0.bias", "inner.2.weight", "inner.2.bias"),
        List.copyOf(model.namedParameters().keySet()));
    assertTrue(model.parameters().stream().allMatch(p -> p.requiresGrad() && p.isLeaf()));
  }

  @Test
  void a_shared_layer_counts_once() {
    Layer shared = new Linear(2, 2);
    Layer model = new Sequential(shared, new ReLU(), shared);
    assertEquals(List.of("0.weight", "0.bias"), List.copyOf(model.namedParameters().keySet()));
  }

  @Test
  void modes_reach_every_layer() {
    Sequential model = new Sequential(new ReLU(), new Sequential(new ReLU()));
    assertTrue(model.isTraining());
    assertSame(model, model.eval());
    assertFalse(((Sequential) model.get(-1)).get(0).isTraining());
    model.train();
    assertTrue(((Sequential) model.get(-1)).get(0).isTraining());
  }

  @Test
  void gradients_are_set_to_zero_where_there_are_any() {
    Linear used = new Linear(2, 1);
    Linear unused = new Linear(2, 1);
    Layer model = new Sequential(used, unused);
    used.forward(ones(1, 2)).sum().backward();
    Tensor gradient = used.weight().grad();
    model.zeroGrad();
    assertSame(gradient, used.weight().grad());
    assertArrayEquals(new double[] {0, 0}, gradient.toDoubleArray());
    assertNull(unused.weight().grad());
  }

  @Test
  void parameters_can_be_frozen() {
    Layer model = new Sequential(new Linear(2, 1));
    model.requiresGrad_(false);
    assertTrue(model.parameters().stream().noneMatch(Tensor::requiresGrad));
    assertNull(model.forward(ones(1, 2)).gradFn());
  }

  @Test
  void layers_apply_in_order() {
    Layer model =
        new Sequential(
            new Layer() {
              @Override
              public Tensor forward(Tensor input) {
                return input.sub(2.0);
              }
            },
            new ReLU());
    assertArrayEquals(new double[] {0, 1}, model.forward(tensor(1.0, 3.0)).toDoubleArray());
    assertEquals("Sequential(\n  (0): Layer()\n  (1): ReLU()\n)", model.toString());
  }

  @Test
  void names_and_parameters_are_checked() {
    assertRefused("parameter name can't contain \".\", got: a.b", "a.b", ones(1));
    assertRefused("parameter name can't be empty string \"\"", "", ones(1));
    assertRefused("attribute 'scale' already exists", "scale", ones(1));
    assertRefused(
        "Cannot assign non-leaf Tensor to parameter 'x'. Model parameters must be created"
            + " explicitly. To express 'x' as a function of another Tensor, compute the value in"
            + " the forward() method.",
        "x",
        ones(1).requiresGrad_().mul(2.0));
  }

  private static void assertRefused(String message, String name, Tensor parameter) {
    Layer layer = new Scaled(new ReLU());
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> layer.register(name, parameter));
    assertEquals(message, refused.getMessage());
  }
}
