package fluxion.backend.cpu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("full")
class MachinesTest {
  private static final int KERNELS = 60;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:UseAVX=0",
        "-XX:UseAVX=1",
        "-XX:UseAVX=2",
        "-XX:UseAVX=3",
        "-Xint",
        "-XX:-TieredCompilation"
      })
  void theBitsAreTheSameAtEveryVectorWidthAndHoweverTheCodeRuns(String setting) throws Exception {
    String runs = setting.equals("-Xint") || setting.endsWith("=0") ? "1" : "200";
    assertEquals("hash " + HashMain.hash(KERNELS, 1), runWith(setting, runs));
  }

  private static String runWith(String setting, String runs)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions"); // UseAVX is x86's
    command.add("--add-modules=jdk.incubator.vector");
    command.add(setting);
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            Stream.of(
                    root(HashMain.class),
                    root(KernelCompiler.class),
                    root(Expr.class),
                    root(DType.class))
                .toList()));
    command.add(HashMain.class.getName());
    command.add(Integer.toString(KERNELS));
    command.add(runs);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.startsWith("hash "), output);
    return output;
  }

  /** Where a class was loaded from: a folder or a jar. */
  private static String root(Class<?> type) throws URISyntaxException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getResource(file), file);
    String text = url.toString();
    String base = text.substring(0, text.length() - file.length());
    String plain = base.startsWith("jar:") ? base.substring(4, base.length() - 1) : base;
    return Path.of(new java.net.URI(plain)).toString();
  }
}
