package fluxion.examples.tutorials;

import static fluxion.api.Autograd.noGrad;
import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.manualSeed;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.randn;
import static fluxion.api.Tensors.zeros;
import static fluxion.ops.nn.Functional.binaryCrossEntropyWithLogits;

import fluxion.api.Tensor;
import org.jspecify.annotations.NullUnmarked;

/** Tutorial 004: one layer and its loss. */
@NullUnmarked
final class OneLayer {
  private OneLayer() {}

  static void run(Notebook notebook) {
    notebook.cell("One layer, and how far it is from what is wanted");
    manualSeed(0);
    Tensor x = ones(5); // input
    Tensor y = zeros(3); // expected output
    Tensor w = randn(withGrad(), 5, 3);
    Tensor b = randn(withGrad(), 3);
    Tensor z = x.matmul(w).add(b);
    Tensor loss = binaryCrossEntropyWithLogits(z, y);
    IO.println(loss);

    notebook.cell("The parameters, and the layer's output");
    IO.println(w);
    IO.println(b);
    IO.println(z);

    notebook.cell("The functions that backward() will run");
    IO.println("Gradient function for z = " + z.gradFn());
    IO.println("Gradient function for loss = " + loss.gradFn());

    notebook.cell("The parameters' gradients");
    loss.backward();
    IO.println(w.grad());
    IO.println(b.grad());

    notebook.cell("Recorded, and not recorded");
    z = x.matmul(w).add(b);
    IO.println(z.requiresGrad());

    try (var _ = noGrad()) {
      z = x.matmul(w).add(b);
    }
    IO.println(z.requiresGrad());

    notebook.cell("... or taken out of the graph afterwards");
    z = x.matmul(w).add(b);
    Tensor detached = z.detach();
    IO.println(detached.requiresGrad());
  }
}
