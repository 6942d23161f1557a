package fluxion.examples.transcript;

import static fluxion.api.Autograd.noGrad;
import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;

import fluxion.api.DType;
import fluxion.api.Tensor;

/** Which tensors can have gradients, and what may be changed in place. */
final class InPlaceRules {
  private InPlaceRules() {}

  static void add(Rules rules) {
    dtypes(rules);
    leaves(rules);
    saved(rules);
    views(rules);
  }

  private static void dtypes(Rules rules) {
    rules.rule("integers have no gradient", () -> tensor(new long[] {1, 2}, withGrad()));
    rules.rule("... also when asked later", () -> tensor(1, 2).requiresGrad_());
    rules.leftOut("PyTorch words the setter and requires_grad_() differently; Java has the latter");
    rules.rule("a factory refuses it too", () -> ones(withGrad().dtype(DType.INT32), 2));
  }

  private static void leaves(Rules rules) {
    rules.rule(
        "a leaf with a gradient is not changed in place",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.add_(1);
        });
    rules.rule(
        "... nor zeroed",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.zero_();
        });
    rules.rule(
        "... nor one of its elements",
        () -> {
          Tensor x = ones(withGrad(), 2);
          x.get(0).fill_(5);
        });
    rules.rule(
        "... nor a view of it",
        () -> {
          Tensor x = ones(withGrad(), 2, 2);
          Tensor v = x.get(0);
          v.add_(1);
        });
    rules.rule(
        "with recording off, and through data(), it is",
        () -> {
          Tensor x = ones(withGrad(), 2);
          try (var _ = noGrad()) {
            x.add_(1);
          }
          IO.println(x);
          x.data().mul_(3);
          IO.println(x);
        });
  }

  private static void saved(Rules rules) {
    rules.rule(
        "an overwritten input that backward needs is told",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(2);
          Tensor z = y.mul(y);
          y.add_(1);
          z.sum().backward();
        });
    rules.rule(
        "an overwritten output of exp is told",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.exp();
          y.add_(1);
          y.sum().backward();
        });
    rules.rule(
        "an overwritten output of sigmoid is told",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.sigmoid();
          y.zero_();
          y.sum().backward();
        });
    rules.rule(
        "an output that backward does not need may be overwritten",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.sin();
          y.add_(1);
          y.sum().backward();
          IO.println(x.grad());
        });
    rules.rule(
        "an overwritten leaf that backward needs is told",
        () -> {
          Tensor x = ones(withGrad(), 3, 2);
          Tensor w = ones(withGrad(), 2);
          Tensor y = x.mul(w);
          try (var _ = noGrad()) {
            w.add_(1);
          }
          y.sum().backward();
        });
  }

  private static void views(Rules rules) {
    rules.rule(
        "a view follows what is done to its base later",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(2);
          Tensor v = y.get(0);
          y.mul_(3);
          IO.println(v);
          IO.println(y);
          v.backward();
          IO.println(x.grad());
        });
    rules.rule(
        "one of several views is not changed in place",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(2);
          Tensor a = y.unbind(0)[0];
          a.add_(1);
        });
    rules.rule(
        "... nor one of several pieces",
        () -> {
          Tensor x = ones(withGrad(), 4);
          Tensor y = x.mul(2);
          Tensor a = y.split(2, 0)[0];
          a.mul_(3);
        });
  }
}
