package fluxion.examples.tutorials;

import static fluxion.api.Autograd.noGrad;
import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.manualSeed;
import static fluxion.api.Tensors.randn;
import static fluxion.api.Tensors.tensor;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import org.jspecify.annotations.NullUnmarked;

/** Tutorial 002: with and without gradients; backward from tensors that are no scalars. */
@NullUnmarked
final class NonScalars {
  private NonScalars() {}

  static void run(Notebook notebook) {
    withAndWithout(notebook);
    nonScalars(notebook);
    cotangents(notebook);
    withoutHistory(notebook);
  }

  private static void withAndWithout(Notebook notebook) {
    notebook.cell("No tensor here requires a gradient: nothing is recorded");
    manualSeed(0);
    Tensor x1 = randn(3);
    Tensor y1 = x1.add(2);
    IO.println(y1);
    Tensor z1 = x1.mul(x1).mul(2);
    IO.println(z1);
    Tensor z2 = z1.mean();
    IO.println(z2);

    notebook.cell("... so there is nothing to differentiate");
    try {
      z2.backward();
      IO.println(x1.grad());
    } catch (AutogradException e) {
      IO.println(e);
    }

    notebook.cell("The same with a leaf that requires a gradient");
    manualSeed(0);
    x1 = randn(withGrad(), 3);
    y1 = x1.add(2);
    IO.println(y1);
    z1 = y1.mul(y1).mul(2);
    IO.println(z1);
    z2 = z1.mean();
    IO.println(z2);

    notebook.cell("Its gradient");
    z2.backward();
    IO.println(x1.grad());

    notebook.cell("The graph is gone after one backward()");
    try {
      z2.backward();
      IO.println(x1.grad());
    } catch (AutogradException e) {
      IO.println(e);
    }
  }

  private static void nonScalars(Notebook notebook) {
    notebook.cell("A result that is a vector");
    manualSeed(0);
    Tensor x1 = randn(withGrad(), 3);
    Tensor y1 = x1.add(2);
    IO.println(y1);
    Tensor z1 = y1.mul(y1).mul(2);
    IO.println(z1);

    notebook.cell("... is refused without a cotangent");
    IO.println(z1.dim());
    try {
      z1.backward();
      IO.println(x1.grad());
    } catch (AutogradException e) {
      IO.println(e);
    }

    notebook.cell("... and works with one");
    manualSeed(0);
    x1 = randn(withGrad(), 3);
    y1 = x1.add(2);
    IO.println(y1);
    z1 = y1.mul(y1).mul(2);
    IO.println(z1);
    Tensor v = tensor(1f, 1f, 1f);
    z1.backward(v);
    IO.println(x1.grad());
  }

  private static void cotangents(Notebook notebook) {
    notebook.cell("A scalar needs none");
    Tensor x = tensor(1f, 2f).requiresGrad_();
    Tensor y = x.add(2).pow(2);
    Tensor z = y.mean();
    IO.println(z.dim());
    z.backward();
    IO.println(x.grad());

    notebook.cell("A cotangent of integers is cast to the result's dtype");
    x = tensor(1f, 2f, 3f).requiresGrad_();
    y = x.add(2).pow(2);
    z = y.mul(4);
    z.backward(tensor(2, 2, 2));
    IO.println(x.grad());

    notebook.cell("It weighs the elements of the result");
    x = tensor(1f, 2f, 3f).requiresGrad_();
    y = x.add(2).pow(2);
    z = y.mul(4);
    z.backward(tensor(10, 1, 11));
    IO.println(x.grad());
  }

  private static void withoutHistory(Notebook notebook) {
    notebook.cell("A leaf can give up its gradient");
    manualSeed(0);
    Tensor x = randn(withGrad(), 3);
    x.requiresGrad_(false);
    IO.println(x);

    notebook.cell("A detached tensor has none");
    manualSeed(0);
    x = randn(withGrad(), 3);
    Tensor y = x.detach();
    IO.println(y);

    notebook.cell("Inside noGrad() nothing is recorded, after it all is");
    manualSeed(0);
    x = randn(withGrad(), 3);
    try (var _ = noGrad()) {
      y = x.add(2);
      IO.println(y);
    }
    y = x.add(2);
    IO.println(y);
  }
}
