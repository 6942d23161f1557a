package fluxion.tests.operators;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.MemoryException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.UnaryFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What functions say of their results before they run, and what they let go of afterwards. */
final class CallsAndGradientsTest {
  private static final int N = 2000;

  private record Case(String name, Tensor result) {}

  /**
   * Leaves its cotangent and its gradient where they are found, though it says that it does not.
   */
  private record Peek(List<Tensor> found) implements UnaryFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Tensor forward(Context ctx, Tensor input) {
      return input.mul(1);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor gradient = gradOutput.mul(1);
      found.add(gradient);
      return gradient;
    }
  }

  @TestFactory
  Stream<DynamicTest> the_cotangent_is_given_back_as_soon_as_it_was_used() {
    Tensor x = ones(TensorOptions.withGrad(), 2, N);
    Tensor y = x.mul(1);
    Tensor batch = y.unsqueeze(0);
    Tensor classes = zeros(TensorOptions.of(fluxion.api.DType.INT64), N);
    return Stream.of(
            new Case("sum", y.sum(0)),
            new Case("mean", y.mean(0)),
            new Case("mm", y.t().mm(ones(2, 2))),
            new Case("bmm", batch.transpose(1, 2).bmm(ones(1, 2, 2))),
            new Case("addmm", Ops.call("addmm", ones(N, 2), y.t(), ones(2, 2))),
            new Case("softmax", Ops.call("softmax", y, 1L)),
            new Case("log_softmax", Ops.call("log_softmax", y, 1L)),
            new Case(
                "nll_loss",
                Ops.call(
                    "nll_loss", List.of(y.t(), classes), java.util.Map.of("reduction", "none"))),
            new Case("view", y.view(-1)),
            new Case("reshape", y.reshape(N, 2)),
            new Case("transpose", y.transpose(0, 1)),
            new Case("t", y.t()))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(),
                    () -> {
                      List<Tensor> found = new ArrayList<>();
                      Functions.apply(new Peek(found), one.result())
                          .sin()
                          .sum()
                          .backward(null, true, false);
                      assertThrows(MemoryException.class, () -> found.get(0).sum());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> a_result_is_what_was_inferred() {
    Tensor x = ones(TensorOptions.withGrad(), 2, 3, 4);
    Tensor matrix = ones(TensorOptions.withGrad(), 2, 3);
    Tensor targets = ones(2, 3).mul(0.5);
    Tensor classes = tensor(0L, 2L);
    Tensor pixels = zeros(TensorOptions.of(fluxion.api.DType.INT64), 2, 4);
    List<Case> cases = new ArrayList<>();
    List<TensorSpec> inferred = new ArrayList<>();
    List<TensorSpec> made = new ArrayList<>();
    Functions.observing(
        (function, inputs, outputs) -> {
          TensorSpec[] specs =
              Arrays.stream(inputs)
                  .map(input -> input == null ? null : TensorSpec.of(input))
                  .toArray(TensorSpec[]::new);
          function
              .infer(specs)
              .ifPresent(
                  results -> {
                    inferred.addAll(List.of(results));
                    made.addAll(Arrays.stream(outputs).map(TensorSpec::of).toList());
                  });
        },
        () -> {
          for (String reduction : List.of("none", "mean", "sum")) {
            var how = java.util.Map.<String, Object>of("reduction", reduction);
            cases.add(
                new Case(
                    "nll_loss, " + reduction, Ops.call("nll_loss", List.of(matrix, classes), how)));
            cases.add(
                new Case(
                    "nll_loss of pixels, " + reduction,
                    Ops.call("nll_loss", List.of(x, pixels), how)));
            cases.add(
                new Case(
                    "binary_cross_entropy_with_logits, " + reduction,
                    Ops.call("binary_cross_entropy_with_logits", List.of(matrix, targets), how)));
          }
          cases.add(new Case("softmax", Ops.call("softmax", x, 1L)));
          cases.add(new Case("log_softmax", Ops.call("log_softmax", x, 1L)));
          cases.add(
              new Case("softmax's gradient", Autograd.grad(cases.get(9).result().sum(), x, true)));
        });
    assertTrue(inferred.size() >= cases.size(), "some function infers nothing");
    return java.util.stream.IntStream.range(0, inferred.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    "result " + i, () -> assertEquals(made.get(i), inferred.get(i))));
  }

  @Test
  void gradients_are_computed_for_what_needs_them_alone() {
    Tensor a = tensor(1.0, 2, 3, 4).reshape(2, 2).detach();
    Tensor b = tensor(5.0, 6, 7, 8).reshape(2, 2).detach().requiresGrad_();
    a.mm(b).sum().backward();
    assertArrayEquals(new double[] {4, 4, 6, 6}, b.grad().toDoubleArray());
    Tensor c = tensor(5.0, 6, 7, 8).reshape(2, 2).detach().requiresGrad_();
    c.mm(a).sum().backward();
    assertArrayEquals(new double[] {3, 7, 3, 7}, c.grad().toDoubleArray());
  }
}
