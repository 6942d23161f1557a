package fluxion.examples.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphCommandTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return GraphCommand.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void pictures_are_written_into_a_folder_that_is_made_and_are_named() throws IOException {
    Path made = folder.resolve("a/b");
    assertEquals(0, run("--out", made.toString()), errors());
    List<String> files = new ArrayList<>();
    for (String name : List.of("autograd.svg", "one-layer.svg", "resnet18.svg")) {
      files.add(made.resolve(name).toString());
      assertTrue(Files.readString(made.resolve(name)).startsWith("<svg "), name);
    }
    assertEquals(files, out.toString(StandardCharsets.UTF_8).lines().toList());
    String resnet = Files.readString(made.resolve("resnet18.svg"));
    assertTrue(resnet.contains(">layer4.1.conv2.weight</text>"));
    assertTrue(resnet.contains("<desc>1 result, 62 leaves, "), resnet.substring(0, 600));
  }

  @Test
  void graphs_are_written_for_graphviz_with_saved_tensors() throws IOException {
    assertEquals(0, run("--out=" + folder, "--format=dot", "--saved"), errors());
    String autograd = Files.readString(folder.resolve("autograd.dot"));
    assertTrue(autograd.startsWith("digraph {"), autograd);
    assertTrue(autograd.contains("label=\"Q\\n(2)\""), autograd);
    assertTrue(autograd.contains("style=dashed"), autograd);
    String layer = Files.readString(folder.resolve("one-layer.dot"));
    assertTrue(layer.contains("fillcolor=orange"), layer);
  }

  @Test
  void a_format_that_is_not_known_is_a_wrong_command_line() {
    assertEquals(2, run("--format", "png"));
    assertEquals("graph: --format expects svg or dot, not 'png'", errors());
  }

  @Test
  void a_folder_that_is_none_is_told_in_one_line() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(1, run("--out", file.toString()));
    assertEquals(1, errors().lines().count());
    assertTrue(errors().startsWith("graph: " + file + " cannot be written to: "), errors());
  }

  @Test
  void help_tells_the_options() {
    assertEquals(0, run("--help"));
    String help = out.toString(StandardCharsets.UTF_8);
    assertTrue(help.contains("usage: fluxion graph [OPTION...]"), help);
    assertTrue(help.contains("--format svg|dot"), help);
  }
}
