package fluxion.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.spatial.Conv2d;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class InitTest {
  private static final TensorOptions DOUBLES = TensorOptions.of(DType.FLOAT64);

  private static double[] drawn(String what) {
    return switch (what) {
      case "linear_8_4_weight_then_bias" -> joined(new Linear(8, 4));
      case "conv2d_2_3_3_weight_then_bias" -> joined(new Conv2d(2, 3, 3));
      case "embedding_5_4" -> Init.normal_(Tensors.zeros(5, 4), 0, 1).toDoubleArray();
      case "xavier_uniform_3_4" -> Init.xavierUniform_(Tensors.zeros(3, 4)).toDoubleArray();
      case "kaiming_normal_fan_out_relu_4_3_3_3" ->
          Init.kaimingNormal_(Tensors.zeros(4, 3, 3, 3), 0, Init.Fan.OUT, Init.Nonlinearity.RELU)
              .toDoubleArray();
      default -> throw new AssertionError(what);
    };
  }

  private static double[] joined(Layer layer) {
    List<Tensor> flat = layer.parameters().stream().map(p -> p.detach().flatten()).toList();
    return Tensors.cat(0, flat.toArray(Tensor[]::new)).toDoubleArray();
  }

  @Test
  void layers_start_from_pytorchs_numbers() throws IOException {
    try (InputStream in = InitTest.class.getResourceAsStream("init.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      int runs = 0;
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        String[] words = line.split(" ");
        Tensors.manualSeed(Long.parseLong(words[0]));
        double[] expected = Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
        assertArrayEquals(expected, drawn(words[1]), 1e-6, words[0] + " " + words[1]);
        runs++;
      }
      assertTrue(runs >= 5);
    }
  }

  @Test
  void gains_are_those_of_pytorch() {
    assertEquals(5.0 / 3, Init.Nonlinearity.TANH.gain(0));
    assertEquals(Math.sqrt(2 / 1.04), Init.Nonlinearity.LEAKY_RELU.gain(0.2));
    assertEquals(0.75, Init.Nonlinearity.SELU.gain(0));
  }

  @Test
  void rows_or_columns_become_orthonormal() {
    for (long[] size : new long[][] {{3, 5}, {5, 3}, {4, 2, 2}}) {
      Tensor q = Init.orthogonal_(Tensors.zeros(DOUBLES, size), 2).flatten(1, -1);
      Tensor products = q.size(0) <= q.size(1) ? q.mm(q.t()) : q.t().mm(q);
      long n = products.size(0);
      assertArrayEquals(
          Tensors.eye(n, n, DOUBLES).mul(4.0).toDoubleArray(), products.toDoubleArray(), 1e-12);
    }
  }

  @Test
  void a_cut_normal_distribution_stays_within_its_bounds_and_keeps_its_middle() {
    Tensors.manualSeed(1);
    double[] values = Init.truncNormal_(Tensors.zeros(DOUBLES, 4000), 1, 2, -1, 3).toDoubleArray();
    assertTrue(Arrays.stream(values).allMatch(x -> x >= -1 && x <= 3));
    assertEquals(1, Arrays.stream(values).average().orElseThrow(), 0.06);
    // of a standard normal distribution cut at ±1 the variance is 0.2911
    double variance = Arrays.stream(values).map(x -> (x - 1) * (x - 1)).average().orElseThrow();
    assertEquals(4 * 0.2911, variance, 0.05);
  }

  @Test
  void fans_need_two_dimensions() {
    assertEquals(
        "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions",
        assertThrows(ShapeException.class, () -> Init.xavierUniform_(Tensors.zeros(3)))
            .getMessage());
  }
}
