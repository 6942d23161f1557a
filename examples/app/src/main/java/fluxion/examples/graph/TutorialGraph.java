package fluxion.examples.graph;

import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.manualSeed;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.rand;
import static fluxion.api.Tensors.randn;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static fluxion.ops.nn.Functional.binaryCrossEntropyWithLogits;

import fluxion.api.Tensor;
import fluxion.nn.models.ResNet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A graph that the tutorials speak of.
 *
 * @param name what the file is called, without an ending
 * @param title what the picture is called
 * @param program computes it
 */
record TutorialGraph(String name, String title, Supplier<Recorded> program) {
  /**
   * What was computed.
   *
   * @param result the tensor whose graph it is
   * @param names the leaves and the result by name
   */
  record Recorded(Tensor result, Map<String, Tensor> names) {}

  /** The graph of {@code 3a³ - b²}, with which PyTorch's tutorial about autograd begins. */
  static final TutorialGraph AUTOGRAD =
      new TutorialGraph("autograd", "Q = 3a³ - b²", TutorialGraph::autograd);

  /** The graph of one layer and its loss, with which its quick start begins. */
  static final TutorialGraph ONE_LAYER =
      new TutorialGraph("one-layer", "The loss of one layer, z = x·w + b", TutorialGraph::oneLayer);

  /** The graph of a ResNet-18 and the sum of what it lacks to the labels. */
  static final TutorialGraph RESNET18 =
      new TutorialGraph(
          "resnet18", "ResNet-18, (prediction - labels).sum()", TutorialGraph::resNet);

  private static Recorded autograd() {
    Tensor a = tensor(2f, 3f).requiresGrad_();
    Tensor b = tensor(6f, 4f).requiresGrad_();
    Tensor q = a.pow(3).mul(3).sub(b.pow(2));
    Map<String, Tensor> names = new LinkedHashMap<>();
    names.put("a", a);
    names.put("b", b);
    names.put("Q", q);
    return new Recorded(q, names);
  }

  private static Recorded oneLayer() {
    Tensor x = ones(5);
    Tensor y = zeros(3);
    Tensor w = randn(withGrad(), 5, 3);
    Tensor b = randn(withGrad(), 3);
    Tensor z = x.matmul(w).add(b);
    Tensor loss = binaryCrossEntropyWithLogits(z, y);
    Map<String, Tensor> names = new LinkedHashMap<>();
    names.put("w", w);
    names.put("b", b);
    names.put("loss", loss);
    return new Recorded(loss, names);
  }

  private static Recorded resNet() {
    manualSeed(0);
    ResNet model = ResNet.resnet18();
    Tensor prediction = model.call(rand(1, 3, 64, 64));
    Tensor loss = prediction.sub(rand(1, 1000)).sum();
    Map<String, Tensor> names = new LinkedHashMap<>(model.namedParameters());
    names.put("loss", loss);
    return new Recorded(loss, names);
  }
}
