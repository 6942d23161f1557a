package fluxion.examples.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Makes the pictures of {@code docs/graphs.md} by the command, so that they stay true. */
final class PicturesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("fluxion.root"), "docs", "pictures");

  @ParameterizedTest
  @CsvSource({"autograd.svg,false", "one-layer-saved.svg,true"})
  void a_picture_shows_what_is_recorded(String file, boolean saved) throws IOException {
    TutorialGraph graph = saved ? TutorialGraph.ONE_LAYER : TutorialGraph.AUTOGRAD;
    String picture = GraphCommand.text(graph, "svg", saved);
    Path path = FOLDER.resolve(file);
    if (Boolean.getBoolean("fluxion.docs.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(path, picture);
    }
    assertEquals(
        picture,
        Files.exists(path) ? Files.readString(path) : "",
        path + " differs; mvn -Pdocs verify writes it");
  }
}
