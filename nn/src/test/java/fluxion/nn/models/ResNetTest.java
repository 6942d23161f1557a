package fluxion.nn.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Linear;
import fluxion.nn.LoadReport;
import fluxion.nn.checkpoint.Checkpoints;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import fluxion.ops.nn.Functional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small ResNet of torchvision's, whose run PyTorch 1.13.1 recorded, and the large ones. */
final class ResNetTest {
  private static Recorded recorded;
  private static Map<String, Tensor> weights;

  @BeforeAll
  static void read(@TempDir Path folder) throws IOException {
    recorded = new Recorded("resnet-small.safetensors.gz");
    Path file = folder.resolve("tiny_resnet18.pth");
    String packed = "/fluxion/nn/checkpoint/tiny_resnet18.pth.gz";
    try (InputStream in = Objects.requireNonNull(ResNetTest.class.getResourceAsStream(packed))) {
      Files.copy(new GZIPInputStream(in), file);
    }
    weights = Checkpoints.load(file);
  }

  private static ResNet small(DType dtype) {
    ResNet model = new ResNet(ResNetOptions.ofState(weights).tensors(TensorOptions.of(dtype)));
    LoadReport report = model.loadStateDict(weights);
    assertEquals("<All keys matched successfully>", report.toString());
    return model;
  }

  private static Tensor input(DType dtype) {
    return recorded.get("inputs/input").to(dtype);
  }

  private static double tolerance(DType dtype) {
    return dtype == DType.FLOAT64 ? 1e-10 : 1e-4;
  }

  private static void assertClose(String path, Map<String, Tensor> actual, DType dtype) {
    Map<String, Tensor> expected = recorded.under(dtype.shortName() + "/" + path);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, tensor) ->
            Recorded.assertClose(
                dtype + " " + path + " " + name,
                tensor,
                Objects.requireNonNull(actual.get(name)),
                tolerance(dtype)));
  }

  private static void assertResult(String name, Tensor actual, DType dtype, double tolerance) {
    String path = dtype.shortName() + "/results/" + name;
    Recorded.assertClose(path, recorded.get(path), actual, tolerance);
  }

  private static Map<String, Tensor> gradients(ResNet model) {
    return model.namedParameters().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> Objects.requireNonNull(entry.getValue().grad())));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void logits_and_the_gradient_of_the_input_in_evaluation_are_those_of_pytorch(DType dtype) {
    ResNet model = small(dtype);
    model.eval();
    Tensor input = input(dtype).clone().requiresGrad_();
    Tensor logits = model.call(input);
    assertResult("eval.logits", logits, dtype, tolerance(dtype));
    Functional.crossEntropy(logits, recorded.get("inputs/target")).backward();
    // in float32 one decision of a maximum is near a tie
    assertResult(
        "eval.cross_entropy.input_grad",
        Objects.requireNonNull(input.grad()),
        dtype,
        dtype == DType.FLOAT32 ? 1e-2 : 1e-10);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void logits_and_running_statistics_in_training_are_those_of_pytorch(DType dtype) {
    ResNet model = small(dtype);
    assertResult("train.logits", model.call(input(dtype)), dtype, tolerance(dtype));
    model
        .namedBuffers()
        .forEach(
            (name, buffer) ->
                assertResult(
                    "buffers_after_one_train_forward." + name, buffer, dtype, tolerance(dtype)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void gradients_of_all_parameters_are_those_of_pytorch(DType dtype) {
    ResNet model = small(dtype);
    Tensor loss = Functional.crossEntropy(model.call(input(dtype)), recorded.get("inputs/target"));
    loss.backward();
    double expected = recorded.get(dtype.shortName() + "/loss").item();
    assertEquals(expected, loss.item(), expected * tolerance(dtype));
    assertClose("grads.cross_entropy", gradients(model), dtype);
  }

  @Test
  void gradients_of_a_sum_are_those_of_pytorch() {
    ResNet model = small(DType.FLOAT64);
    Tensor labels = recorded.get("inputs/labels").to(DType.FLOAT64);
    model.call(input(DType.FLOAT64)).sub(labels).sum().backward();
    assertClose("grads.sum", gradients(model), DType.FLOAT64);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void three_steps_of_sgd_lead_where_they_lead_in_pytorch(DType dtype) {
    ResNet model = small(dtype);
    SGD optimizer = new SGD(model.parameters(), new SGDOptions(1e-2).momentum(0.9));
    Tensor input = input(dtype);
    for (int step = 0; step < 3; step++) {
      optimizer.zeroGrad();
      Functional.crossEntropy(model.call(input), recorded.get("inputs/target")).backward();
      optimizer.step();
    }
    assertClose("after", model.stateDict(), dtype);
    model.eval();
    assertResult("after_3_sgd_steps.eval.logits", model.call(input), dtype, tolerance(dtype));
  }

  /** After seed 0, as one of the tutorials shows it: −478.2641. */
  @Test
  void the_tutorials_network_starts_from_pytorchs_numbers() {
    Tensors.manualSeed(0);
    ResNet model = ResNet.resnet18();
    Tensor data = Tensors.rand(1, 3, 64, 64);
    Tensor labels = Tensors.rand(1, 1000);
    try (var _ = Autograd.noGrad()) {
      Tensor prediction = model.call(data);
      assertEquals(Shape.of(1, 1000), prediction.shape());
      assertEquals(-478.2641, prediction.sub(labels).sum().item(), 0.05);
    }
    assertEquals(11_689_512, count(model));
    model.requiresGrad_(false);
    model.setFc(new Linear(512, 10));
    assertEquals(
        List.of("fc.weight", "fc.bias"),
        model.namedParameters().entrySet().stream()
            .filter(entry -> entry.getValue().requiresGrad())
            .map(Map.Entry::getKey)
            .toList());
    assertEquals(11_181_642, count(model));
  }

  @Test
  void frozen_parameters_get_no_gradient_and_a_new_head_does() {
    ResNet model = small(DType.FLOAT32);
    model.requiresGrad_(false);
    Linear head = new Linear(64, 3);
    model.setFc(head);
    model.call(input(DType.FLOAT32)).sum().backward();
    assertNull(Objects.requireNonNull(model.namedParameters().get("conv1.weight")).grad());
    assertEquals(
        "tensor([2., 2., 2.])",
        Objects.requireNonNull(head.bias().orElseThrow().grad()).toString());
  }

  private static long count(ResNet model) {
    return model.parameters().stream().mapToLong(Tensor::numel).sum();
  }

  @Test
  void a_state_dict_says_what_it_is_of() {
    assertEquals(
        ResNetOptions.RESNET18.channels(8, 16, 32, 64).classes(10), ResNetOptions.ofState(weights));
    ResNetOptions large = ResNetOptions.RESNET50.channels(1, 2, 3, 4).classes(5);
    assertEquals(large, ResNetOptions.ofState(new ResNet(large).stateDict()));
    assertEquals(
        "this is no ResNet: its state dict has no \"layer1.0.conv1.weight\"",
        assertThrows(ArgumentException.class, () -> ResNetOptions.ofState(Map.of())).getMessage());
  }

  @Test
  void bottlenecks_have_torchvisions_names_and_counts() {
    ResNet model = new ResNet(ResNetOptions.RESNET50.channels(2, 2, 2, 2).classes(3));
    Map<String, Tensor> state = model.stateDict();
    assertEquals(320, state.size());
    assertEquals(
        Shape.of(8, 2, 1, 1),
        Objects.requireNonNull(state.get("layer1.0.downsample.0.weight")).shape());
    assertEquals(
        Shape.of(2, 2, 3, 3), Objects.requireNonNull(state.get("layer4.2.conv2.weight")).shape());
    assertTrue(state.containsKey("layer3.5.bn3.num_batches_tracked"));
    assertEquals(Shape.of(2, 3), model.call(Tensors.rand(2, 3, 32, 32)).shape());
  }

  @Test
  void it_prints_as_in_torchvision() {
    String text = small(DType.FLOAT32).toString();
    assertTrue(
        text.startsWith(
            """
            ResNet(
              (conv1): Conv2d(3, 8, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)
              (bn1): BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
              (relu): ReLU(inplace=True)
              (maxpool): MaxPool2d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=False)
              (layer1): Sequential(
                (0): BasicBlock(
                  (conv1): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
                  (bn1): BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
                  (relu): ReLU(inplace=True)
                  (conv2): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
            """),
        text);
    assertTrue(
        text.endsWith(
            """
              (avgpool): AdaptiveAvgPool2d(output_size=(1, 1))
              (fc): Linear(in_features=64, out_features=10, bias=True)
            )\
            """),
        text);
  }
}
