package fluxion.examples.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What PyTorch printed, section by section. */
public final class Transcript {
  private static final String FILE = "transcript.jsonl";

  /**
   * One snippet.
   *
   * @param code its Python source
   * @param output what it printed before it ended or failed
   * @param errorType the type of the exception that it ended with, or the empty text
   * @param errorText that exception's message
   */
  public record Entry(String code, String output, String errorType, String errorText) {
    /** {@return whether the snippet ended with an exception} */
    public boolean fails() {
      return !errorType.isEmpty();
    }

    /** {@return the last line of the source, which tells snippets apart best} */
    public String lastLine() {
      return code.substring(code.lastIndexOf('\n') + 1);
    }
  }

  private Transcript() {}

  /**
   * {@return the snippets of a section}
   *
   * @param begin how the section's title begins
   */
  public static List<Entry> section(String begin) {
    List<Map.Entry<String, List<Entry>>> found =
        read().entrySet().stream().filter(section -> section.getKey().startsWith(begin)).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(found.size() + " sections begin with " + begin);
    }
    return found.getFirst().getValue();
  }

  private static Map<String, List<Entry>> read() {
    Map<String, List<Entry>> sections = new LinkedHashMap<>();
    List<Entry> current = new ArrayList<>();
    try (InputStream in = Transcript.class.getResourceAsStream(FILE)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        Map<String, String> object = JsonLine.parse(line);
        if (object.containsKey("section")) {
          current = new ArrayList<>();
          sections.put(object.get("section"), current);
        } else {
          current.add(
              new Entry(
                  object.get("code"),
                  object.get("stdout"),
                  object.getOrDefault("error", ""),
                  object.getOrDefault("message", "")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sections;
  }
}
