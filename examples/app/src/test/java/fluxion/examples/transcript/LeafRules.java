package fluxion.examples.transcript;

import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.ones;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;

/** Leaves and results: their flags, their gradients, detaching. */
final class LeafRules {
  private LeafRules() {}

  static void add(Rules rules) {
    rules.rule(
        "a result cannot give up its gradient",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(2);
          y.requiresGrad_(false);
        });
    rules.rule(
        "it can be detached",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(2);
          y.detach_();
          IO.println(y + " " + y.isLeaf());
        });
    rules.rule(
        "a detached tensor shares memory",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.detach().add_(1);
          IO.println(x);
        });
    rules.rule(
        "a result keeps its gradient when asked to",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(2);
          IO.println(y.grad());
          y.retainGrad();
          y.sum().backward();
          IO.println(y.grad());
          IO.println(y);
        });
    rules.rule("a tensor without gradient keeps none", () -> ones(2).retainGrad());
    rules.leftOut("numpy() is Python's");
    rules.rule(
        "an assigned gradient has the tensor's shape",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.setGrad(ones(3));
        });
    rules.rule(
        "... and dtype",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.setGrad(ones(TensorOptions.of(DType.FLOAT64), 2));
        });
    rules.leftOut("x.setGrad(1) does not compile");
  }
}
