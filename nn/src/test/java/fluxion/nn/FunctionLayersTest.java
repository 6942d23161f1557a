package fluxion.nn;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.ops.nn.LossReduction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Activations, losses, dropout and the small layers; the texts are PyTorch's. */
final class FunctionLayersTest {
  private static final TensorOptions DOUBLES = TensorOptions.of(DType.FLOAT64);
  private static final Tensor X = tensor(-2.0, 0.5);

  private static void assertLayer(String text, Layer layer, double... expected) {
    assertEquals(text, layer.toString());
    assertArrayEquals(expected, layer.call(X).toDoubleArray(), 1e-12, text);
  }

  @Test
  void activations_print_as_in_pytorch_and_compute_their_function() {
    double s = 1 / (1 + Math.exp(-0.5));
    double t = 1 / (1 + Math.exp(2));
    assertLayer("Sigmoid()", Activations.sigmoid(), t, s);
    assertLayer("Tanh()", Activations.tanh(), Math.tanh(-2), Math.tanh(0.5));
    assertLayer("SiLU()", Activations.silu(), -2 * t, 0.5 * s);
    assertLayer("LogSigmoid()", Activations.logSigmoid(), Math.log(t), Math.log(s));
    assertLayer("ReLU6()", Activations.relu6(), 0, 0.5);
    assertLayer("Hardswish()", Activations.hardswish(), -1.0 / 3, 0.5 * 3.5 / 6);
    assertLayer("Hardsigmoid()", Activations.hardsigmoid(), 1.0 / 6, 3.5 / 6);
    assertLayer("Softsign()", Activations.softsign(), -2.0 / 3, 1.0 / 3);
    assertLayer("Tanhshrink()", Activations.tanhshrink(), -2 - Math.tanh(-2), 0.5 - Math.tanh(0.5));
    assertLayer("LeakyReLU(negative_slope=0.01)", Activations.leakyRelu(0.01), -0.02, 0.5);
    assertLayer("ELU(alpha=1.0)", Activations.elu(1), Math.expm1(-2), 0.5);
    assertLayer("CELU(alpha=2.0)", Activations.celu(2), 2 * Math.expm1(-1), 0.5);
    assertLayer("Hardshrink(0.5)", Activations.hardshrink(0.5), -2, 0);
    assertLayer("Softshrink(0.5)", Activations.softshrink(0.5), -1.5, 0);
    assertLayer("Hardtanh(min_val=-1.0, max_val=1.0)", Activations.hardtanh(-1, 1), -1, 0.5);
    assertLayer("Threshold(threshold=0.1, value=20.0)", Activations.threshold(0.1, 20), 20, 0.5);
    assertLayer(
        "Softplus(beta=1.0, threshold=20.0)",
        Activations.softplus(1, 20),
        Math.log1p(Math.exp(-2)),
        Math.log1p(Math.exp(0.5)));
    double e = Math.exp(-2.5);
    assertLayer("Softmax(dim=0)", Activations.softmax(0), e / (1 + e), 1 / (1 + e));
    assertLayer(
        "LogSoftmax(dim=0)", Activations.logSoftmax(0), -2.5 - Math.log1p(e), -Math.log1p(e));
    assertLayer("Softmin(dim=0)", Activations.softmin(0), 1 / (1 + e), e / (1 + e));
    assertLayer("GLU(dim=-1)", Activations.glu(-1), -2 * s);
    assertLayer("RReLU(lower=0.1, upper=0.3)", Activations.rrelu(0.1, 0.3).eval(), -0.4, 0.5);
    assertEquals("GELU(approximate='none')", Activations.gelu().toString());
    assertEquals("GELU(approximate='tanh')", Activations.geluTanh().toString());
    assertEquals("ReLU(inplace=True)", new ReLU(true).toString());
  }

  @Test
  void slopes_are_drawn_in_training_and_trained_where_they_are_weights() {
    Layer drawn = Activations.rrelu(0.25, 0.5);
    double slope = drawn.call(tensor(-1.0)).item();
    assertEquals(-0.375, slope, 0.125);
    Activation trained = Activations.prelu(1, 0.25, DOUBLES);
    assertEquals("PReLU(num_parameters=1)", trained.toString());
    assertEquals(List.of("weight"), List.copyOf(trained.stateDict().keySet()));
    trained.call(X).sum().backward();
    Tensor weight = Objects.requireNonNull(trained.weight());
    assertArrayEquals(new double[] {-2}, Objects.requireNonNull(weight.grad()).toDoubleArray());
  }

  @Test
  void losses_print_as_in_pytorch_and_compute_their_function() {
    Tensor zeros = tensor(0.0, 0.0);
    assertLoss("MSELoss()", 2.125, Losses.mseLoss(LossReduction.MEAN), X, zeros);
    assertLoss("L1Loss()", 2.5, Losses.l1Loss(LossReduction.SUM), X, zeros);
    assertLoss("SmoothL1Loss()", 1.625, Losses.smoothL1Loss(LossReduction.SUM, 1), X, zeros);
    assertLoss("HuberLoss()", 1.625, Losses.huberLoss(LossReduction.SUM, 1), X, zeros);
    Tensor logits = tensor(new double[][] {{0, 0}, {0, 0}});
    Tensor classes = tensor(0, 1);
    double log2 = Math.log(2);
    assertLoss("CrossEntropyLoss()", log2, Losses.crossEntropyLoss(), logits, classes);
    assertLoss("NLLLoss()", 0, Losses.nllLoss(), logits, classes);
    assertLoss(
        "BCEWithLogitsLoss()",
        log2,
        Losses.bceWithLogitsLoss(null, null, LossReduction.MEAN),
        zeros,
        tensor(1.0, 0.0));
    assertLoss(
        "BCELoss()", log2, Losses.bceLoss(null, LossReduction.MEAN), tensor(0.5), tensor(1.0));
    assertLoss(
        "MultiMarginLoss()",
        0.5,
        Losses.multiMarginLoss(1, 1, null, LossReduction.MEAN),
        logits,
        classes);
    assertLoss("KLDivLoss()", 0, Losses.klDivLoss(LossReduction.SUM, true), zeros, zeros);
    assertLoss(
        "PoissonNLLLoss()",
        1,
        Losses.poissonNllLoss(true, false, 1e-8, LossReduction.MEAN),
        zeros,
        zeros);
    assertLoss(
        "GaussianNLLLoss()",
        2.125 / 2,
        Losses.gaussianNllLoss(false, 1e-6, LossReduction.MEAN),
        X,
        zeros,
        tensor(1.0, 1.0));
    assertLoss(
        "HingeEmbeddingLoss()",
        2,
        Losses.hingeEmbeddingLoss(1, LossReduction.SUM),
        tensor(0.5, 1.5),
        tensor(-1.0, 1.0));
    assertLoss("SoftMarginLoss()", log2, Losses.softMarginLoss(LossReduction.MEAN), zeros, zeros);
    assertLoss(
        "CosineEmbeddingLoss()",
        1,
        Losses.cosineEmbeddingLoss(0, LossReduction.MEAN),
        tensor(new double[][] {{1, 0}}),
        tensor(new double[][] {{0, 1}}),
        tensor(new long[] {1}));
    assertLoss(
        "MarginRankingLoss()",
        5,
        Losses.marginRankingLoss(0, LossReduction.SUM),
        X,
        X.neg(),
        tensor(1.0, -1.0));
    assertLoss(
        "TripletMarginLoss()",
        1,
        Losses.tripletMarginLoss(1, 2, false, LossReduction.MEAN),
        tensor(new double[][] {{1, 0}}),
        tensor(new double[][] {{1, 2}}),
        tensor(new double[][] {{1, -2}}));
    assertLoss(
        "MultiLabelMarginLoss()",
        0.5,
        Losses.multiLabelMarginLoss(LossReduction.MEAN),
        tensor(new double[][] {{0, 0}}),
        tensor(new long[][] {{0, -1}}));
    assertLoss(
        "MultiLabelSoftMarginLoss()",
        log2,
        Losses.multiLabelSoftMarginLoss(null, LossReduction.MEAN),
        logits,
        logits);
    // one way of two: a label once among two places and a blank, or twice
    Tensor steps = tensor(new double[][][] {{{-log2, -log2}}, {{-log2, -log2}}});
    assertLoss(
        "CTCLoss()",
        -Math.log(0.75),
        Losses.ctcLoss(0, LossReduction.SUM, false),
        steps,
        tensor(new long[][] {{1}}),
        tensor(new long[] {2}),
        tensor(new long[] {1}));
  }

  private static void assertLoss(String text, double expected, Loss loss, Tensor... inputs) {
    assertEquals(text, loss.toString());
    assertEquals(expected, loss.forward(inputs).item(), 1e-5, text);
  }

  @Test
  void weights_of_classes_belong_to_the_state() {
    Loss loss = Losses.crossEntropyLoss(ones(3), -100, LossReduction.MEAN, 0.1);
    assertEquals(List.of("weight"), List.copyOf(loss.stateDict().keySet()));
    assertEquals(List.of(), loss.parameters());
    assertEquals(
        "CrossEntropyLoss.forward() takes 2 tensors, but 1 were given",
        assertThrows(ArgumentException.class, () -> loss.call(X)).getMessage());
  }

  @Test
  void dropout_drops_in_training_alone() {
    Dropout layer = new Dropout(0.5);
    assertEquals("Dropout(p=0.5, inplace=False)", layer.toString());
    assertEquals("Dropout2d(p=0.25, inplace=False)", new Dropout2d(0.25).toString());
    Tensor x = ones(1000);
    double sum = layer.call(x).sum().item();
    assertEquals(1000, sum, 150);
    layer.eval();
    assertArrayEquals(x.toDoubleArray(), layer.call(x).toDoubleArray());
    Tensor channels = new Dropout1d().call(ones(1, 8, 4)).flatten(0, 1);
    for (Tensor channel : channels.unbind(0)) {
      double[] values = channel.toDoubleArray();
      assertArrayEquals(new double[] {values[0], values[0], values[0], values[0]}, values);
    }
    assertEquals(
        "dropout probability has to be between 0 and 1, but got 1.5",
        assertThrows(ArgumentException.class, () -> new AlphaDropout(1.5)).getMessage());
  }

  @Test
  void shapes_are_joined_and_divided() {
    assertEquals(Shape.of(2, 12), new Flatten().call(ones(2, 3, 4)).shape());
    assertEquals("Flatten(start_dim=1, end_dim=-1)", new Flatten().toString());
    Layer divided = new Unflatten(1, 3, 4);
    assertEquals(Shape.of(2, 3, 4), divided.call(ones(2, 12)).shape());
    assertEquals("Unflatten(dim=1, unflattened_size=(3, 4))", divided.toString());
    assertSame(X, new Identity().call(X));
  }

  @Test
  void a_bilinear_map_is_weight_and_bias() {
    Tensors.manualSeed(5);
    Bilinear layer = new Bilinear(2, 3, 1, true, DOUBLES);
    assertEquals(
        "Bilinear(in1_features=2, in2_features=3, out_features=1, bias=True)", layer.toString());
    Tensors.manualSeed(5);
    double bound = 1 / Math.sqrt(2);
    double[] w = Tensors.zeros(DOUBLES, 6).uniform_(-bound, bound).toDoubleArray();
    double b = Tensors.zeros(DOUBLES, 1).uniform_(-bound, bound).item();
    try (var _ = Autograd.noGrad()) {
      double y =
          layer.forward(tensor(new double[][] {{1, 2}}), tensor(new double[][] {{1, 0, 3}})).item();
      assertEquals(w[0] + 3 * w[2] + 2 * w[3] + 6 * w[5] + b, y, 1e-12);
    }
    assertThrows(ArgumentException.class, () -> layer.call(X));
  }

  @Test
  void lists_and_dicts_hold_layers_and_compute_nothing() {
    LayerList list = new LayerList(new ReLU(), new Linear(1, 1));
    assertEquals(
        """
        ModuleList(
          (0): ReLU()
          (1): Linear(in_features=1, out_features=1, bias=True)
        )\
        """,
        list.toString());
    list.set(-1, new Identity());
    assertEquals("Identity()", list.get(1).toString());
    assertThrows(ArgumentException.class, () -> list.call(X));
    LayerDict dict = new LayerDict(Map.of("a", new ReLU()));
    dict.put("b", new Linear(1, 1, false)).put("a", new Identity());
    assertEquals(List.of("a", "b"), List.copyOf(dict.namedLayers().keySet()));
    assertEquals("Identity()", dict.get("a").toString());
    assertEquals(
        "there is no layer 'c'; there are [a, b]",
        assertThrows(ArgumentException.class, () -> dict.get("c")).getMessage());
  }
}
