package fluxion.tests.operators;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import fluxion.api.GradFn;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nodes of the graph have the names that PyTorch prints. */
final class NodeNamesTest {
  private record Case(String name, Tensor result) {}

  @TestFactory
  Stream<DynamicTest> nodes_are_named_as_in_PyTorch() {
    Tensor x = ones(2, 3).requiresGrad_();
    Tensor classes = tensor(0L, 2L);
    Tensor index = tensor(0L, 1L).reshape(2, 1);
    return Stream.of(
            new Case("SumBackward0", Ops.call("sum", x)),
            new Case("SumBackward1", Ops.call("sum", x, List.of(1L))),
            new Case("MeanBackward0", Ops.call("mean", x)),
            new Case("MeanBackward1", Ops.call("mean", x, List.of(1L))),
            new Case("ProdBackward0", Ops.call("prod", x)),
            new Case("ProdBackward1", Ops.call("prod", x, 1L)),
            new Case("NormBackward1", Ops.call("norm", x, 2.0, List.of(1L))),
            new Case("VarBackward0", Ops.call("var", x)),
            new Case("StdBackward0", Ops.call("std", x)),
            new Case("AmaxBackward0", Ops.call("amax", x, List.of(1L))),
            new Case("AminBackward0", Ops.call("amin", x, List.of(1L))),
            new Case("CatBackward0", Ops.call("cat", List.of(x, x))),
            new Case("StackBackward0", Ops.call("stack", List.of(x, x))),
            new Case("GatherBackward0", Ops.call("gather", x, 1L, index)),
            new Case("MmBackward0", Ops.call("mm", x, ones(3, 2))),
            new Case("BmmBackward0", Ops.call("bmm", x.unsqueeze(0), ones(1, 3, 2))),
            new Case("AddmmBackward0", Ops.call("addmm", ones(2, 2), x, ones(3, 2))),
            new Case("SoftmaxBackward0", Ops.call("softmax", x, 1L)),
            new Case("LogSoftmaxBackward0", Ops.call("log_softmax", x, 1L)),
            new Case("NllLossBackward0", Ops.call("nll_loss", x, classes)),
            new Case(
                "NllLoss2DBackward0",
                Ops.call("nll_loss", x.reshape(1, 2, 3, 1), tensor(0L, 1L, 0L).reshape(1, 3, 1))),
            new Case("MseLossBackward0", Ops.call("mse_loss", x, ones(2, 3))),
            new Case("SmoothL1LossBackward0", Ops.call("smooth_l1_loss", x, ones(2, 3))),
            new Case("HuberLossBackward0", Ops.call("huber_loss", x, ones(2, 3))),
            new Case(
                "BinaryCrossEntropyWithLogitsBackward0",
                Ops.call("binary_cross_entropy_with_logits", x, ones(2, 3))),
            new Case("ViewBackward0", Ops.call("view", x, List.of(6L))),
            new Case("TransposeBackward0", Ops.call("transpose", x, 0L, 1L)),
            new Case("TBackward0", Ops.call("t", x)),
            new Case("PermuteBackward0", Ops.call("permute", x, List.of(1L, 0L))),
            new Case("SqueezeBackward0", Ops.call("squeeze", x)),
            new Case("SqueezeBackward1", Ops.call("squeeze", x, 1L)),
            new Case("UnsqueezeBackward0", Ops.call("unsqueeze", x, 0L)),
            new Case("SelectBackward0", Ops.call("select", x, 0L, 1L)),
            new Case("ExpandBackward0", Ops.call("expand", x, List.of(4L, 2L, 3L))))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(),
                    () -> {
                      GradFn node = one.result().gradFn();
                      assertNotNull(node);
                      assertEquals(one.name(), node.name());
                    }));
  }
}
