package fluxion.examples.resnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.checkpoint.Checkpoints;
import fluxion.nn.checkpoint.SafeTensors;
import fluxion.nn.models.ResNet;
import fluxion.nn.models.ResNetOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResNetCommandTest {
  private static final TensorOptions DOUBLES = TensorOptions.of(DType.FLOAT64);

  @TempDir Path folder;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private ResNet model;
  private Tensor input;

  @BeforeEach
  void write_files() throws IOException {
    model = new ResNet(ResNetOptions.RESNET18.channels(2, 3, 4, 5).classes(6).tensors(DOUBLES));
    input = Tensors.rand(DOUBLES, 2, 3, 32, 32);
    SafeTensors.save(model.stateDict(), folder.resolve("weights"));
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put("input", input);
    inputs.put("labels", Tensors.rand(DOUBLES, 2, 6));
    SafeTensors.save(inputs, folder.resolve("input"));
  }

  private int run(String weights, String... more) {
    String[] args = new String[6 + more.length];
    System.arraycopy(
        new String[] {
          "--weights", folder.resolve(weights).toString(),
          "--input", folder.resolve("input").toString(),
          "--out", folder.resolve("out").toString()
        },
        0,
        args,
        0,
        6);
    System.arraycopy(more, 0, args, 6, more.length);
    PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
    return ResNetCommand.run(System.out, err, args);
  }

  @Test
  void logits_are_those_of_the_model_in_evaluation() throws IOException {
    assertEquals(0, run("weights"), errors.toString(StandardCharsets.UTF_8));
    Map<String, Tensor> results = Checkpoints.load(folder.resolve("out"));
    assertEquals("[logits]", results.keySet().toString());
    model.eval();
    assertArrayEquals(
        model.call(input).toDoubleArray(), results.get("logits").toDoubleArray(), 1e-12);
  }

  @Test
  void training_gives_the_norm_of_each_gradient() throws IOException {
    assertEquals(0, run("weights", "--train"), errors.toString(StandardCharsets.UTF_8));
    Map<String, Tensor> results = Checkpoints.load(folder.resolve("out"));
    assertEquals(1 + model.parameters().size(), results.size());
    Tensor logits = model.call(input);
    assertArrayEquals(logits.toDoubleArray(), results.get("logits").toDoubleArray(), 1e-12);
    // of the sum of logits the bias of each class has the gradient 2, for two pictures
    assertEquals(Math.sqrt(6 * 4), results.get("grad_norm.fc.bias").item(), 1e-12);
    assertEquals(Shape.of(), results.get("grad_norm.conv1.weight").shape());
  }

  @Test
  void what_is_missing_is_told_in_one_line() {
    assertEquals(1, run("absent"));
    assertTrue(errors.toString(StandardCharsets.UTF_8).contains("absent cannot be read"));
    errors.reset();
    assertEquals(1, run("input"));
    assertTrue(
        errors.toString(StandardCharsets.UTF_8).contains("this is no ResNet"),
        errors.toString(StandardCharsets.UTF_8));
    errors.reset();
    PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
    assertEquals(2, ResNetCommand.run(System.out, err, "--weights", "x"));
    assertEquals("resnet: --input is needed\n", errors.toString(StandardCharsets.UTF_8));
  }
}
