package fluxion.examples.resnet;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.examples.cli.Arguments;
import fluxion.examples.cli.CommandLine;
import fluxion.examples.cli.Options;
import fluxion.examples.cli.StateFile;
import fluxion.nn.checkpoint.SafeTensors;
import fluxion.nn.models.ResNet;
import fluxion.nn.models.ResNetOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The command {@code resnet}: loads the weights of a ResNet, runs it on a file of pictures, and
 * writes the logits; in training also the norms of all gradients.
 */
public final class ResNetCommand {
  private ResNetCommand() {}

  /**
   * Runs the command and exits.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /**
   * {@return the status to exit with}
   *
   * @param out where help goes
   * @param err where errors go
   * @param args the command line
   */
  static int run(PrintStream out, PrintStream err, String... args) {
    return CommandLine.run(options(), args, out, err, ResNetCommand::run);
  }

  private static Options options() {
    return new Options(
            "resnet",
            "Runs a ResNet of torchvision's names and any of its sizes. The input file holds input"
                + " [N, 3, H, W] and, to train, labels [N, classes]; the output file gets logits"
                + " and, in training with the loss (logits - labels).sum(), grad_norm.PARAMETER for"
                + " each parameter.")
        .value("--weights", "FILE", null, "the state dict: .pth or .safetensors; needed")
        .value("--input", "FILE", null, "the pictures: .safetensors; needed")
        .value("--out", "FILE", null, "where the results go, as .safetensors; needed")
        .flag("--train", "run in training mode, and take the gradient");
  }

  private static void run(Arguments arguments) {
    Path weights = arguments.requiredPath("--weights");
    Path inputs = arguments.requiredPath("--input");
    Path out = arguments.requiredPath("--out");
    Map<String, Tensor> state = StateFile.load(weights);
    Map<String, Tensor> given = StateFile.load(inputs);
    Tensor input = find(given, "input", inputs);
    DType dtype = input.dtype().isFloatingPoint() ? input.dtype() : DType.FLOAT32;
    ResNet model = new ResNet(ResNetOptions.ofState(state).tensors(TensorOptions.of(dtype)));
    model.loadStateDict(state);
    Map<String, Tensor> results = new LinkedHashMap<>();
    if (arguments.has("--train")) {
      Tensor logits = model.call(input.to(dtype));
      logits.sub(find(given, "labels", inputs).to(dtype)).sum().backward();
      results.put("logits", logits.detach());
      model.namedParameters().forEach((name, parameter) -> addNorm(results, name, parameter));
    } else {
      model.eval();
      try (var _ = Autograd.noGrad()) {
        results.put("logits", model.call(input.to(dtype)));
      }
    }
    try {
      SafeTensors.save(results, out);
    } catch (IOException e) {
      throw new FormatException(out + " cannot be written: " + e, e);
    }
  }

  private static void addNorm(Map<String, Tensor> results, String name, Tensor parameter) {
    Tensor gradient = parameter.grad();
    if (gradient != null) {
      Tensor values = gradient.to(DType.FLOAT64);
      results.put("grad_norm." + name, values.mul(values).sum().sqrt().to(parameter.dtype()));
    }
  }

  private static Tensor find(Map<String, Tensor> tensors, String name, Path path) {
    Tensor found = tensors.get(name);
    if (found == null) {
      throw new ArgumentException(
          path + " holds no tensor '" + name + "', but " + tensors.keySet());
    }
    return found;
  }
}
