package fluxion.conformance.fuzz.program;

import fluxion.api.Device;
import java.util.List;

/**
 * A program: statements that give tensors, each from earlier ones. It is run forward, then backward
 * from the weighted sum of its outputs.
 *
 * @param statements the statements; the tensor of the i-th is called {@code ti}
 * @param outputs which tensors are differentiated, if they require gradients
 */
public record Program(List<Statement> statements, List<Integer> outputs) {
  /** Copies the lists. */
  public Program {
    statements = List.copyOf(statements);
    outputs = List.copyOf(outputs);
  }

  /** {@return the number of calls of operators} */
  public int calls() {
    return (int) statements.stream().filter(s -> s instanceof Statement.Call).count();
  }

  /** {@return how much an element of an output counts in the sum that is differentiated} */
  static double[] weights(long elements) {
    double[] weights = new double[Math.toIntExact(elements)];
    for (int i = 0; i < weights.length; i++) {
      // in every floating-point dtype exactly
      weights[i] = 0.5 + (i * 5 % 8) / 8.0;
    }
    return weights;
  }

  /**
   * {@return the program in Java, to be run with {@code java}}
   *
   * @param device the device on which it runs
   */
  public String java(Device device) {
    StringBuilder text = new StringBuilder();
    text.append("import fluxion.api.*;\nimport java.util.*;\n\n");
    text.append("void main() {\n");
    text.append("  Device device = Device.of(\"").append(device).append("\");\n");
    for (int i = 0; i < statements.size(); i++) {
      text.append("  Tensor t%d = %s;\n".formatted(i, statements.get(i).java()));
    }
    for (int i = 0; i < statements.size(); i++) {
      text.append("  System.out.println(\"t%d = \" + t%d);\n".formatted(i, i));
    }
    if (!outputs.isEmpty()) {
      text.append(
          "  Tensor sum = Tensors.zeros(TensorOptions.of(DType.FLOAT64).device(device));\n");
    }
    for (int output : outputs) {
      text.append("  sum = sum.add(weighted(t%d));\n".formatted(output));
    }
    if (!outputs.isEmpty()) {
      text.append("  sum.backward();\n");
    }
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i) instanceof Statement.Leaf leaf && leaf.requiresGrad()) {
        text.append("  System.out.println(\"t%d.grad = \" + t%d.grad());\n".formatted(i, i));
      }
    }
    text.append("}\n");
    if (!outputs.isEmpty()) {
      text.append(WEIGHTED);
    }
    return text.toString();
  }

  private static final String WEIGHTED =
      """

      Tensor weighted(Tensor t) {
        double[] weights = new double[(int) t.numel()];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = 0.5 + (i * 5 % 8) / 8.0;
        }
        TensorOptions options = TensorOptions.of(t.dtype()).device(t.device());
        return t.mul(Tensors.tensor(weights, t.shape(), options)).sum().toDouble();
      }
      """;
}
