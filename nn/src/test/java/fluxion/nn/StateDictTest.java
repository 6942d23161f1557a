package fluxion.nn;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.nn.norm.BatchNorm1d;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** State dicts; messages are those of PyTorch. */
final class StateDictTest {
  private static final class Noted extends Layer {
    Noted() {
      registerBuffer("note", tensor(7.0));
      register("scale", ones(1));
      registerBuffer("scratch", tensor(8.0), false);
    }

    @Override
    public Tensor forward(Tensor input) {
      return input;
    }
  }

  private static double[] values(Map<String, Tensor> state, String key) {
    return Objects.requireNonNull(state.get(key)).toDoubleArray();
  }

  @Test
  void a_state_dict_holds_parameters_then_buffers_that_persist() {
    Layer model = new Sequential(new Noted(), new BatchNorm1d(2));
    assertEquals(
        List.of(
            "0.scale",
            "0.note",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.num_batches_tracked"),
        List.copyOf(model.stateDict().keySet()));
    assertEquals(
        List.of("0.note", "0.scratch", "1.running_mean", "1.running_var", "1.num_batches_tracked"),
        List.copyOf(model.namedBuffers().keySet()));
    assertFalse(Objects.requireNonNull(model.stateDict().get("0.scale")).requiresGrad());
  }

  @Test
  void what_is_loaded_shows_in_the_model_and_in_earlier_state_dicts() {
    Linear from = new Linear(2, 1);
    Linear into = new Linear(2, 1);
    Map<String, Tensor> before = into.stateDict();
    assertEquals(
        "<All keys matched successfully>", into.loadStateDict(from.stateDict()).toString());
    assertArrayEquals(from.weight().toFloatArray(), into.weight().toFloatArray());
    assertArrayEquals(from.weight().toDoubleArray(), values(before, "weight"));
    assertTrue(into.weight().requiresGrad() && into.weight().isLeaf());
  }

  @Test
  void a_shared_layer_is_there_under_every_path() {
    Linear shared = new Linear(1, 1, false);
    Layer model = new Sequential(shared, shared);
    assertEquals(List.of("0.weight", "1.weight"), List.copyOf(model.stateDict().keySet()));
    model.loadStateDict(
        Map.of("0.weight", tensor(new float[][] {{2}}), "1.weight", tensor(new float[][] {{2}})));
    assertEquals(2, shared.weight().item());
  }

  @Test
  void floats_are_brought_to_the_dtype_that_is_there() {
    Linear layer = new Linear(1, 1, false);
    layer.loadStateDict(Map.of("weight", tensor(new double[][] {{0.1}})));
    assertEquals(DType.FLOAT32, layer.weight().dtype());
    assertEquals((double) 0.1f, layer.weight().item());
  }

  @Test
  void everything_that_does_not_fit_is_told_at_once_and_nothing_is_loaded() {
    Sequential model = new Sequential(new Linear(2, 3), new Linear(3, 1), new BatchNorm1d(1));
    Map<String, Tensor> state = new LinkedHashMap<>(model.stateDict());
    double[] before = values(state, "0.bias").clone();
    state.put("0.weight", ones(3, 3));
    state.put("0.bias", ones(3));
    state.put("1.weight", ones(1, 3).to(DType.INT64));
    state.remove("1.bias");
    state.put("2.extra", ones(1));
    state.put("extra", ones(1));
    state.put("2.running_var", ones(2));
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> model.loadStateDict(state));
    assertEquals(
        """
        Error(s) in loading state_dict for Sequential:
        \tMissing key(s) in state_dict: "1.bias".\s
        \tUnexpected key(s) in state_dict: "extra", "2.extra".\s
        \tsize mismatch for 0.weight: copying a param with shape torch.Size([3, 3]) from \
        checkpoint, the shape in current model is torch.Size([3, 2]).
        \tdtype mismatch for 1.weight: copying a param of dtype torch.int64 from checkpoint, the \
        dtype in current model is torch.float32.
        \tsize mismatch for 2.running_var: copying a param with shape torch.Size([2]) from \
        checkpoint, the shape in current model is torch.Size([1]).\
        """,
        refused.getMessage());
    assertArrayEquals(before, values(model.stateDict(), "0.bias"));
  }

  @Test
  void without_strictness_the_rest_is_loaded_and_reported() {
    Linear layer = new Linear(1, 1);
    LoadReport report =
        layer.loadStateDict(Map.of("weight", tensor(new float[][] {{5}}), "other", ones(1)), false);
    assertEquals(List.of("bias"), report.missingKeys());
    assertEquals(
        "_IncompatibleKeys(missing_keys=['bias'], unexpected_keys=['other'])", report.toString());
    assertEquals(5, layer.weight().item());
    assertThrows(
        ArgumentException.class, () -> layer.loadStateDict(Map.of("weight", ones(2)), false));
  }

  @Test
  void a_number_of_batches_may_be_absent_and_a_vector_of_one_be_a_number() {
    BatchNorm1d layer = new BatchNorm1d(1);
    layer.call(tensor(new float[][] {{1}, {2}}));
    Map<String, Tensor> state = new LinkedHashMap<>(layer.stateDict());
    assertArrayEquals(new double[] {1}, values(state, "num_batches_tracked"));
    state.put("num_batches_tracked", tensor(new long[] {9}));
    layer.loadStateDict(state);
    assertArrayEquals(new double[] {9}, values(layer.stateDict(), "num_batches_tracked"));
    state.remove("num_batches_tracked");
    layer.loadStateDict(state);
    assertArrayEquals(new double[] {0}, values(layer.stateDict(), "num_batches_tracked"));
  }

  @Test
  void names_of_buffers_are_checked() {
    Layer layer = new Noted();
    assertEquals(
        "attribute 'note' already exists",
        assertThrows(ArgumentException.class, () -> layer.registerBuffer("note", ones(1)))
            .getMessage());
    assertEquals(
        "buffer name can't contain \".\", got: a.b",
        assertThrows(ArgumentException.class, () -> layer.registerBuffer("a.b", ones(1)))
            .getMessage());
  }

  @Test
  void a_layer_is_brought_to_another_dtype_in_place_but_for_its_counts() {
    Sequential model = new Sequential(new Linear(2, 1), new BatchNorm1d(1));
    Tensor x = tensor(new double[][] {{1, 2}, {3, 5}});
    List<Tensor> before = model.parameters();
    model.call(x.to(DType.FLOAT32)).sum().backward();
    double[] weight = values(model.stateDict(), "0.weight");
    assertSame(model, model.to(DType.FLOAT64));
    assertEquals(before, model.parameters());
    for (Tensor parameter : model.parameters()) {
      assertEquals(DType.FLOAT64, parameter.dtype());
      assertEquals(DType.FLOAT64, Objects.requireNonNull(parameter.grad()).dtype());
      assertTrue(parameter.requiresGrad() && parameter.isLeaf());
    }
    assertArrayEquals(weight, values(model.stateDict(), "0.weight"));
    assertEquals(
        "[torch.float64, torch.float64, torch.int64]",
        model.buffers().stream().map(Tensor::dtype).toList().toString());
    model.zeroGrad();
    model.call(x).sum().backward();
    assertEquals(
        "nn.Module.to only accepts floating point or complex dtypes, but got desired"
            + " dtype=torch.int64",
        assertThrows(ArgumentException.class, () -> model.to(DType.INT64)).getMessage());
  }
}
