package fluxion.examples.tutorials;

import static fluxion.api.Autograd.noGrad;
import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.manualSeed;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.randn;
import static fluxion.api.Tensors.tensor;

import fluxion.api.Tensor;
import fluxion.nn.optim.SGD;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** Tutorial 001: the graph, gradients, recording switched off, an optimiser. */
@NullUnmarked
final class GraphAndGradients {
  private GraphAndGradients() {}

  static void run(Notebook notebook) {
    graph(notebook);
    cotangent(notebook);
    withoutHistory(notebook);
    accumulation(notebook);
  }

  private static void graph(Notebook notebook) {
    notebook.cell("A leaf");
    Tensor x = tensor(1f, 2f, 3f).requiresGrad_();
    IO.println(x);

    notebook.cell("A result knows the function that made it");
    Tensor y = x.add(2);
    IO.println(y);

    notebook.cell("... and so on");
    Tensor z = y.mul(y).mul(2);
    IO.println(z);

    notebook.cell("... down to a scalar");
    z = z.mean();
    IO.println(z);

    notebook.cell("Its derivative, dz / dx");
    z.backward();
    IO.println(x.grad());
  }

  private static void cotangent(Notebook notebook) {
    notebook.cell("The same, stopped before the scalar");
    Tensor x = tensor(1f, 2f, 3f).requiresGrad_();
    Tensor y = x.add(2);
    Tensor z = y.mul(y).mul(2);

    notebook.cell("A cotangent times the Jacobian");
    Tensor v = tensor(1f, 1.5f, 1.5f);
    z.backward(v);
    IO.println(x.grad());
  }

  private static void withoutHistory(Notebook notebook) {
    notebook.cell("Three ways to record nothing: the leaf requires no gradient");
    manualSeed(0);
    Tensor x = randn(withGrad(), 3);
    IO.println(x);
    x.requiresGrad_(false);
    IO.println(x);

    notebook.cell("... a detached tensor stands in its place");
    manualSeed(0);
    x = randn(withGrad(), 3);
    IO.println(x);
    Tensor y = x.detach();
    IO.println(y);

    notebook.cell("(this is recorded)");
    manualSeed(0);
    x = randn(withGrad(), 3);
    IO.println(x);
    y = x.add(2);
    IO.println(y);

    notebook.cell("... recording is off");
    manualSeed(0);
    x = randn(withGrad(), 3);
    IO.println(x);
    try (var _ = noGrad()) {
      y = x.add(2);
      IO.println(y);
    }
  }

  private static void accumulation(Notebook notebook) {
    notebook.cell("A loop that sets the gradient to zero after each step");
    Tensor weights = ones(withGrad(), 4);

    for (int epoch = 0; epoch < 3; epoch++) {
      Tensor modelOutput = weights.mul(3).sum();
      modelOutput.backward();

      IO.println(weights.grad());
      weights.grad().zero_();
    }

    notebook.cell("The same without zero_(): gradients accumulate");
    weights = ones(withGrad(), 4);
    for (int epoch = 0; epoch < 3; epoch++) {
      Tensor modelOutput = weights.mul(3).sum();
      modelOutput.backward();
      IO.println(weights.grad());
    }

    notebook.cell("Before any backward() there is no gradient to set to zero");
    weights = ones(withGrad(), 4);
    try {
      weights.grad().zero_();
    } catch (NullPointerException e) {
      IO.println(e);
    }

    notebook.cell("An optimiser takes the steps, and clears the gradients");
    weights = ones(withGrad(), 4);
    SGD optimizer = new SGD(List.of(weights), 0.01);
    optimizer.step();
    optimizer.zeroGrad();
    IO.println(weights + " " + weights.grad());
    IO.println(optimizer);
  }
}
