package fluxion.examples.tutorials;

import static fluxion.api.Autograd.isGradEnabled;
import static fluxion.api.Autograd.noGrad;
import static fluxion.api.Autograd.setGradEnabled;
import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.manualSeed;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.onesLike;
import static fluxion.api.Tensors.rand;
import static fluxion.api.Tensors.randn;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;

import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Linear;
import fluxion.nn.models.ResNet;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** Tutorial 000: gradients, a ResNet-18, and how not to record. */
@NullUnmarked
final class Basics {
  private Basics() {}

  static void run(Notebook notebook) {
    gradients(notebook);
    resNet(notebook);
    switchingOff(notebook);
  }

  private static void gradients(Notebook notebook) {
    notebook.cell("Tensors that require gradients");
    Tensor x = ones(withGrad(), 2, 2);
    IO.println(x);
    Tensor y = zeros(withGrad(), 2, 2);
    IO.println(y);

    notebook.cell("What is computed from them is recorded");
    Tensor z = x.add(y).sum();
    IO.println(z);

    notebook.cell("backward() computes the gradients");
    z.backward();
    IO.println(x.grad() + " \n " + y.grad());

    notebook.cell("Gradients accumulate: set them to zero before the next");
    x.grad().zero_();
    IO.println(x.grad());

    notebook.cell("A tensor that is no scalar needs a cotangent to start from");
    Tensor h = x.pow(2).add(y.pow(3));
    IO.println(h);
    h.backward(onesLike(x));
    IO.println(x.grad());
    IO.println(y.grad());

    notebook.cell("Integers have no gradients");
    x = tensor(new int[] {1, 2, 3});
    y = tensor(new int[] {1, 1, 1});
    h = x.add(y);
    IO.println(h + " " + h.dtype());
    IO.println(h.grad());
    IO.println(h.gradFn());

    // h.backward() would fail
    IO.println(x.grad());

    notebook.cell("... and this is how it fails");
    try {
      h.backward();
    } catch (AutogradException e) {
      IO.println(e);
    }

    notebook.cell("A result keeps no gradient, a leaf does");
    TensorOptions options = withGrad().dtype(DType.FLOAT32).device(Device.CPU);

    manualSeed(0);
    Tensor a = randn(options, 2, 3);
    Tensor b = randn(options, 2, 3);

    h = a.add(b).sum();
    IO.println(a);
    IO.println(h + " " + h.dtype());
    IO.println("h.grad " + h.grad());
    h.backward();
    IO.println("h.grad " + h.grad());
    IO.println(x.grad());

    notebook.cell("The leaves' gradients");
    IO.println(a.grad());
    IO.println(b.grad());
  }

  private static void resNet(Notebook notebook) {
    Optional<Map<String, Tensor>> weights = notebook.weights();
    notebook.remark(
        weights.isPresent()
            ? "(The weights of the ResNet-18 are those of --weights.)"
            : "(No --weights FILE.pth was given: the ResNet-18 has the initial weights of seed"
                + " 0.)");

    notebook.cell("A ResNet-18: forward, backward, and a step of SGD");
    manualSeed(0);
    ResNet model = ResNet.resnet18();
    weights.ifPresent(model::loadStateDict);
    Tensor data = rand(1, 3, 64, 64);
    Tensor labels = rand(1, 1000);

    Tensor prediction = model.call(data);
    Tensor loss = prediction.sub(labels).sum();
    loss.backward();

    SGD optim = new SGD(model.parameters(), new SGDOptions(1e-2).momentum(0.9));
    optim.step();
    IO.println(prediction.shape() + " " + prediction.gradFn());
    IO.println(loss);
    Map<String, Tensor> parameters = model.namedParameters();
    Tensor first = parameters.get("conv1.weight");
    Tensor last = parameters.get("fc.weight");
    IO.println(first.grad().shape() + " " + last.grad().shape());

    notebook.cell("What the optimiser does");
    IO.println(optim);

    notebook.cell("Fine-tuning: all is frozen, and a new last layer is trained alone");
    manualSeed(0);
    model = ResNet.resnet18();
    weights.ifPresent(model::loadStateDict);

    for (Tensor parameter : model.parameters()) {
      parameter.requiresGrad_(false);
    }

    model.setFc(new Linear(512, 10));

    SGD optimizer = new SGD(model.fc().parameters(), new SGDOptions(1e-2).momentum(0.9));
    Map<String, Tensor> trained = new LinkedHashMap<>(model.namedParameters());
    trained.values().removeIf(parameter -> !parameter.requiresGrad());
    IO.println(trained.keySet());
    long all = model.parameters().stream().mapToLong(Tensor::numel).sum();
    IO.println(all + " " + trained.values().stream().mapToLong(Tensor::numel).sum());

    notebook.cell("Frozen parameters get no gradient");
    manualSeed(1);
    Tensor out = model.call(rand(2, 3, 64, 64)).sum();
    out.backward();
    IO.println(
        model.namedParameters().get("conv1.weight").grad()
            + " "
            + trained.get("fc.weight").grad().shape()
            + " "
            + trained.get("fc.bias").grad());
    optimizer.step();
  }

  private static void switchingOff(Notebook notebook) {
    notebook.cell("Nothing is recorded inside noGrad()");
    manualSeed(0);
    Tensor x = randn(withGrad(), 10, 5);
    Tensor y = randn(withGrad(), 10, 5);
    Tensor z = randn(withGrad(), 10, 5);
    Tensor w;
    try (var _ = noGrad()) {
      w = x.add(y).add(z);
      IO.println(w.requiresGrad());
      IO.println(w.gradFn());
    }
    IO.println(w.requiresGrad());
    IO.println(x.requiresGrad());
    IO.println(x.gradFn());

    notebook.cell("Recording can also be switched for good, or for a block");
    setGradEnabled(false);
    x = ones(withGrad(), 2);
    y = x.mul(2);
    IO.println(x.requiresGrad() + " " + y.requiresGrad());
    setGradEnabled(true);
    y = x.mul(2);
    IO.println(y.requiresGrad());
    try (var _ = setGradEnabled(false)) {
      IO.println(x.mul(2).requiresGrad() + " " + isGradEnabled());
    }
    IO.println(isGradEnabled());
  }
}
