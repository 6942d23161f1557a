package fluxion.nn.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SmallModelsTest {
  private static LanguageModel model() {
    return new LanguageModel(
        new LanguageModelOptions(7, 5, 8, 2, 2, 0.1, TensorOptions.of(DType.FLOAT64)));
  }

  @Test
  void lenet_has_the_tutorials_names_and_shapes() {
    LeNet model = new LeNet();
    assertEquals(
        List.of(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "fc1.weight",
            "fc1.bias",
            "fc2.weight",
            "fc2.bias",
            "fc3.weight",
            "fc3.bias"),
        List.copyOf(model.stateDict().keySet()));
    assertEquals(61_706, model.parameters().stream().mapToLong(Tensor::numel).sum());
    assertEquals(Shape.of(3, 10), model.call(Tensors.rand(3, 1, 28, 28)).shape());
  }

  @Test
  void a_language_model_sees_only_what_came_before() {
    LanguageModel model = model();
    model.eval();
    Tensor one = model.call(Tensors.tensor(new long[][] {{1, 2, 3, 4}}));
    Tensor other = model.call(Tensors.tensor(new long[][] {{1, 2, 6, 0}}));
    assertEquals(Shape.of(1, 4, 7), one.shape());
    assertArrayEquals(
        one.narrow(1, 0, 2).toDoubleArray(), other.narrow(1, 0, 2).toDoubleArray(), 1e-12);
    assertTrue(Math.abs(one.select(1, 2).sub(other.select(1, 2)).toDoubleArray()[0]) > 1e-6);
  }

  @Test
  void a_language_model_has_pytorchs_names_and_learns_through_all_of_them() {
    LanguageModel model = model();
    assertTrue(model.stateDict().containsKey("encoder.layers.1.self_attn.in_proj_weight"));
    assertTrue(model.stateDict().containsKey("encoder.norm.bias"));
    model
        .call(Tensors.tensor(new long[][] {{1, 2, 3}}))
        .logSoftmax(-1)
        .select(2, 0)
        .sum()
        .backward();
    model
        .namedParameters()
        .forEach((name, parameter) -> assertTrue(parameter.grad() != null, name));
    assertThrows(ShapeException.class, () -> model.call(Tensors.zeros(1, 6).to(DType.INT64)));
  }
}
