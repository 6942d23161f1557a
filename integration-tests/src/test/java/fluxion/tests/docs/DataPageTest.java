package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.tests.support.Modules;
import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the code of docs/data.md. */
class DataPageTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void every_block_of_the_page_compiles() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "data.md"));
    List<String> blocks =
        BLOCK.matcher(page).results().map((MatchResult result) -> result.group(1)).toList();
    assertTrue(blocks.size() >= 5);
    StringBuilder source =
        new StringBuilder(
            """
            import module java.base;
            import module fluxion.nn;
            import fluxion.ops.nn.Functional;

            abstract class Page {
              Layer model;
              Optimizer optimizer;
            """);
    for (int i = 0; i < blocks.size(); i++) {
      source.append("void block").append(i).append("() {\n").append(blocks.get(i)).append("}\n");
    }
    source.append("}\n");
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignored) {
            return source;
          }
        };
    String modules =
        Modules.paths("fluxion.api", "fluxion.ops.nn", "fluxion.nn", "fluxion.engine").stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "--module-path",
            modules,
            "--add-modules",
            "fluxion.nn,fluxion.ops.nn",
            "-proc:none",
            "-d",
            folder.toString());
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(messages, null, null, options, null, List.of(file))
            .call();
    assertEquals("", messages.toString());
    assertTrue(compiled);
  }
}
