package fluxion.examples.transcript;

import static fluxion.api.Autograd.grad;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.stack;
import static fluxion.api.Tensors.tensor;

import fluxion.api.Hook;
import fluxion.api.Tensor;
import java.util.List;

/** Gradients asked for by name, higher derivatives, hooks. */
final class GradRules {
  private GradRules() {}

  static void add(Rules rules) {
    asked(rules);
    higher(rules);
    hooks(rules);
  }

  private static Tensor two() {
    return tensor(2f).requiresGrad_();
  }

  private static Tensor three() {
    return tensor(3f).requiresGrad_();
  }

  private static void asked(Rules rules) {
    rules.rule(
        "an unused input is told",
        () -> {
          Tensor x = two();
          grad(List.of(x.mul(2)), List.of(x, three()), null, false, false, false);
        });
    rules.rule(
        "... or gives null where that is allowed",
        () -> {
          Tensor x = two();
          IO.println(grad(List.of(x.mul(2)), List.of(x, three()), null, false, false, true));
        });
    rules.rule(
        "a detached output has no gradient",
        () -> {
          Tensor x = two();
          grad(x.mul(three()).detach(), x);
        });
    rules.rule(
        "an input without gradient is told",
        () -> {
          Tensor x = two();
          grad(x.mul(2), ones(1));
        });
    rules.rule(
        "an output that is no scalar needs a cotangent",
        () -> {
          Tensor x = two();
          grad(stack(0, x, three()), x);
        });
    rules.rule(
        "... of its shape",
        () -> {
          Tensor x = two();
          List<Tensor> outputs = List.of(stack(0, x, three()));
          grad(outputs, List.of(x), List.of(ones(3)), false, false, false);
        });
    rules.rule(
        "no inputs are no question",
        () -> grad(List.of(two().mul(2)), List.of(), null, false, false, false));
  }

  private static void higher(Rules rules) {
    rules.rule(
        "a gradient can be differentiated, and its gradient again",
        () -> {
          Tensor x = two();
          Tensor g = grad(x.pow(3), x, true);
          IO.println(g);
          Tensor g2 = grad(g, x, true);
          IO.println(g2);
          Tensor g3 = grad(g2, x);
          IO.println(g3);
        });
    rules.rule(
        "backward can be differentiated",
        () -> {
          Tensor x = tensor(1f, 2f).requiresGrad_();
          Tensor y = x.pow(3).sum();
          y.backward(null, true, true);
          IO.println(x.grad());
          x.grad().sum().backward();
          IO.println(x.grad());
        });
  }

  private static void hooks(Rules rules) {
    rules.rule(
        "a hook replaces a gradient until it is removed",
        () -> {
          Tensor x = tensor(1f, 2f).requiresGrad_();
          Hook h = x.registerHook(g -> g.mul(10));
          x.mul(2).sum().backward();
          IO.println(x.grad());
          h.remove();
          x.setGrad(null);
          x.mul(2).sum().backward();
          IO.println(x.grad());
        });
    rules.rule("a tensor without gradient has no hooks", () -> ones(2).registerHook(g -> g));
  }
}
