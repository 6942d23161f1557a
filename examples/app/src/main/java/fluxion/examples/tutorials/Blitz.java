package fluxion.examples.tutorials;

import static fluxion.api.Autograd.noGrad;
import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.manualSeed;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.randn;
import static fluxion.api.Tensors.tensor;

import fluxion.api.Tensor;
import org.jspecify.annotations.NullUnmarked;

/** Tutorial 003: automatic differentiation in one go. */
@NullUnmarked
final class Blitz {
  private Blitz() {}

  static void run(Notebook notebook) {
    notebook.cell("A leaf");
    Tensor x = ones(withGrad(), 2, 2);
    IO.println(x);

    notebook.cell("An operation on it");
    Tensor y = x.add(2);
    IO.println(y);

    notebook.cell("The function that made the result");
    IO.println(y.gradFn());

    notebook.cell("More operations");
    Tensor z = y.mul(y).mul(3);
    Tensor out = z.mean();
    IO.println(z + " " + out);

    notebook.cell("requiresGrad_() begins the recording in the middle");
    manualSeed(0);
    Tensor a = randn(2, 2);
    a = a.mul(3).div(a.sub(1));
    IO.println(a.requiresGrad());
    a.requiresGrad_(true);
    IO.println(a.requiresGrad());
    Tensor b = a.mul(a).sum();
    IO.println(b.gradFn());

    notebook.cell("The derivative, d out / dx");
    out.backward();
    IO.println(x.grad());

    jacobian(notebook);
  }

  private static void jacobian(Notebook notebook) {
    notebook.cell("Recording follows whatever the program does");
    manualSeed(0);
    Tensor x = randn(withGrad(), 3);
    Tensor y = x.mul(2);
    while (y.data().norm().item() < 1000) {
      y = y.mul(2);
    }
    IO.println(y);

    notebook.cell("A cotangent times the Jacobian");
    Tensor v = tensor(0.1f, 1.0f, 0.0001f);
    y.backward(v);
    IO.println(x.grad());

    notebook.cell("Inside noGrad() nothing is recorded");
    IO.println(x.requiresGrad());
    IO.println(x.pow(2).requiresGrad());

    try (var _ = noGrad()) {
      IO.println(x.pow(2).requiresGrad());
    }

    notebook.cell("detach() gives the same values without the history");
    IO.println(x.requiresGrad());
    y = x.detach();
    IO.println(y.requiresGrad());
    IO.println(x.eq(y).all());
  }
}
