package fluxion.examples.transcript;

import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.ones;

import fluxion.api.Tensor;

/** When backward works, and what it says when it does not. */
final class BackwardRules {
  private BackwardRules() {}

  static void add(Rules rules) {
    rules.rule("backward needs a tensor with a gradient", () -> ones(2).sum().backward());
    rules.rule(
        "a detached tensor has none",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.detach().mul(2).sum().backward();
        });
    rules.rule(
        "backward frees what was saved",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(x).sum();
          y.backward();
          y.backward();
        });
    rules.rule(
        "where nothing was saved it runs again",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.sum();
          y.backward();
          y.backward();
          IO.println(x.grad());
        });
    rules.rule(
        "a retained graph can be run again",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(x).sum();
          y.backward(null, true, false);
          y.backward();
          IO.println(x.grad());
        });
    rules.rule(
        "only a scalar needs no cotangent",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.mul(2).backward();
        });
    rules.rule(
        "one element is as good as a scalar",
        () -> {
          Tensor x = ones(withGrad(), 1);
          x.mul(2).backward();
          IO.println(x.grad());
        });
    rules.rule(
        "a cotangent has its tensor's shape",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.mul(2).backward(ones(3));
        });
    rules.rule(
        "... also for a scalar",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.mul(2).sum().backward(ones(1));
        });
    rules.rule(
        "... and does not broadcast",
        () -> {
          Tensor x = ones(withGrad(), 2, 3);
          x.mul(2).backward(ones(3));
        });
  }
}
