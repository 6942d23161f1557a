package fluxion.examples.tutorials;

import static fluxion.api.Tensors.zerosLike;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.examples.transcript.Capture;
import fluxion.nn.checkpoint.PyTorch;
import fluxion.nn.models.ResNet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TutorialsCommandTest {
  private static final Pattern LOSS =
      Pattern.compile("tensor\\((-\\d+\\.\\d+), grad_fn=<SumBackward0>\\)\\R\\[64, 3, 7, 7\\]");

  @TempDir Path folder;

  private static String output(String... args) {
    try (Capture capture = new Capture()) {
      assertEquals(0, TutorialsCommand.run(System.err, args));
      return capture.take();
    }
  }

  @Test
  void a_snippet_stands_above_its_output() {
    String text = output("--only", "003");
    String expected =
        """
           | Tensor x = ones(withGrad(), 2, 2);
           | IO.println(x);
        """;
    int source = text.indexOf(expected);
    assertTrue(source >= 0, text);
    assertTrue(text.substring(source + expected.length()).startsWith("tensor([["), text);
  }

  @Test
  void one_tutorial_can_be_run_alone() {
    String text = output("--only=004");
    assertTrue(text.startsWith("Tutorial 004: "), text);
    assertFalse(text.contains("Tutorial 003"), text);
  }

  @Test
  void all_five_are_run_without_weights_with_initial_ones_which_is_said() {
    String text = output();
    assertTrue(text.contains("(No --weights FILE.pth was given"), text);
    for (Tutorial tutorial : Tutorial.ALL) {
      assertTrue(text.contains("Tutorial " + tutorial.number() + ": " + tutorial.title()));
    }
  }

  @Test
  void weights_are_loaded_from_a_file() throws IOException {
    Tensors.manualSeed(0);
    ResNet model = ResNet.resnet18();
    Tensors.rand(1, 3, 64, 64);
    double labels = Tensors.rand(1, 1000).sum().item();
    Map<String, Tensor> state = new LinkedHashMap<>(model.stateDict());
    state.replaceAll((name, value) -> name.startsWith("fc.") ? zerosLike(value) : value);
    Path file = folder.resolve("resnet18.pth");
    PyTorch.save(state, file);
    String text = output("--only", "000", "--weights", file.toString());
    assertTrue(text.contains("are those of --weights"), text);
    // the last layer is zero, and so are the predictions
    Matcher loss = LOSS.matcher(text);
    assertTrue(loss.find(), text);
    assertEquals(-labels, Double.parseDouble(loss.group(1)), 1e-2);
  }

  @Test
  void weights_of_another_model_are_refused_in_one_line() throws IOException {
    Path file = folder.resolve("other.pth");
    PyTorch.save(Map.of("weight", Tensors.ones(2)), file);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    try (Capture _ = new Capture()) {
      assertEquals(1, TutorialsCommand.run(stream, "--only=000", "--weights=" + file));
      assertEquals(1, TutorialsCommand.run(stream, "--only=000", "--weights=" + file + "x"));
    }
    List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size());
    assertTrue(
        lines.getFirst().contains("Unexpected key(s) in state_dict: \"weight\""), lines.getFirst());
    assertTrue(lines.getLast().contains("other.pthx cannot be read"), lines.getLast());
  }

  @Test
  void help_lists_the_tutorials() {
    assertTrue(output("--help").contains("  004  "));
  }

  @Test
  void a_tutorial_that_is_not_there_is_a_wrong_command_line() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertEquals(2, TutorialsCommand.run(stream, "--only", "005"));
    assertEquals(
        "tutorials: no tutorial '005'; there are 000, 001, 002, 003, 004",
        err.toString(StandardCharsets.UTF_8).strip());
  }
}
