package fluxion.nn.norm;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import org.junit.jupiter.api.Test;

/** Normalisations as layers; what they compute is tested with their operators. */
final class NormTest {
  private static final TensorOptions DOUBLES = TensorOptions.of(DType.FLOAT64);
  private static final NormOptions EXACT = NormOptions.BATCH.eps(0).tensors(DOUBLES);

  @Test
  void they_print_as_in_pytorch() {
    assertEquals(
        "BatchNorm1d(4, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)",
        new BatchNorm1d(4).toString());
    assertEquals(
        "BatchNorm3d(4, eps=0.001, momentum=None, affine=False, track_running_stats=False)",
        new BatchNorm3d(
                4,
                NormOptions.BATCH.eps(1e-3).momentum(null).affine(false).trackRunningStats(false))
            .toString());
    assertEquals(
        "InstanceNorm2d(4, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)",
        new InstanceNorm2d(4).toString());
    assertEquals(
        "LayerNorm((3, 4), eps=1e-05, elementwise_affine=True)", new LayerNorm(3, 4).toString());
    assertEquals("RMSNorm((4,), eps=None, elementwise_affine=True)", new RMSNorm(4).toString());
    assertEquals("GroupNorm(2, 4, eps=1e-05, affine=True)", new GroupNorm(2, 4).toString());
    assertEquals(
        "LocalResponseNorm(2, alpha=0.0001, beta=0.75, k=1.0)",
        new LocalResponseNorm(2).toString());
  }

  @Test
  void without_a_momentum_all_batches_weigh_alike() {
    BatchNorm1d layer = new BatchNorm1d(1, EXACT.momentum(null));
    layer.call(tensor(new double[][] {{1}, {3}}));
    layer.call(tensor(new double[][] {{5}, {9}}));
    assertEquals(4.5, layer.runningMean().orElseThrow().item(), 1e-12);
    assertEquals(5, layer.runningVar().orElseThrow().item(), 1e-12);
    layer.eval();
    Tensor y = layer.call(tensor(new double[][] {{4.5 + Math.sqrt(5)}}));
    assertEquals(1, y.item(), 1e-12);
    assertEquals(4.5, layer.runningMean().orElseThrow().item(), 1e-12);
  }

  @Test
  void without_statistics_evaluation_takes_the_batch() {
    Layer layer = new BatchNorm1d(1, EXACT.trackRunningStats(false)).eval();
    assertArrayEquals(
        new double[] {-1, 1}, layer.call(tensor(new double[][] {{1}, {3}})).toDoubleArray());
  }

  @Test
  void an_instance_may_come_without_a_batch() {
    Layer layer = new InstanceNorm1d(1, NormOptions.INSTANCE.eps(0));
    assertArrayEquals(
        new double[] {-1, 1}, layer.call(tensor(new double[][] {{1, 3}})).toDoubleArray());
    InstanceNorm1d tracking = new InstanceNorm1d(1, EXACT);
    tracking.call(tensor(new double[][][] {{{1, 3}}}));
    assertEquals(0.2, tracking.runningMean().orElseThrow().item(), 1e-12);
  }

  @Test
  void other_layers_scale_by_their_parameters() {
    Tensor x = tensor(new double[][] {{-1, 1}});
    for (Layer layer :
        new Layer[] {
          new LayerNorm(0, true, true, DOUBLES, 2),
          new RMSNorm(0.0, true, DOUBLES, 2),
          new GroupNorm(1, 2, 0, true, DOUBLES)
        }) {
      assertArrayEquals(new double[] {-1, 1}, layer.call(x).toDoubleArray(), 1e-12);
      layer.requiresGrad_(false);
      layer.parameters().forEach(parameter -> parameter.add_(1.0));
      double shift = layer.parameters().size() - 1.0;
      assertArrayEquals(new double[] {-2 + shift, 2 + shift}, layer.call(x).toDoubleArray(), 1e-12);
    }
  }

  @Test
  void wrong_numbers_of_dimensions_are_told_as_in_pytorch() {
    assertRefused("expected 2D or 3D input (got 4D input)", new BatchNorm1d(1), 1, 1, 2, 2);
    assertRefused("expected 4D input (got 3D input)", new BatchNorm2d(1), 1, 1, 2);
    assertRefused("expected 5D input (got 4D input)", new BatchNorm3d(1), 1, 1, 2, 2);
    assertRefused("expected 3D or 4D input (got 2D input)", new InstanceNorm2d(1), 1, 2);
    assertEquals(
        "num_channels must be divisible by num_groups",
        assertThrows(ArgumentException.class, () -> new GroupNorm(2, 3)).getMessage());
  }

  private static void assertRefused(String message, Layer layer, long... size) {
    Tensor x = Tensors.ones(size);
    assertEquals(message, assertThrows(ShapeException.class, () -> layer.call(x)).getMessage());
  }
}
