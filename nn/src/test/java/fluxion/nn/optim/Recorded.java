package fluxion.nn.optim;

import static fluxion.api.Tensors.tensor;

import fluxion.api.Index;
import fluxion.api.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Trajectories recorded from PyTorch 1.13.1, all of one loss. */
final class Recorded {
  /** A word and the numbers or settings behind it. */
  record Line(String word, String rest) {
    double[] numbers() {
      return rest.isEmpty()
          ? new double[0]
          : Arrays.stream(rest.split(" ", -1)).mapToDouble(Line::number).toArray();
    }

    private static double number(String text) {
      return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    String name() {
      return rest.split(" ", -1)[0];
    }

    Settings settings() {
      Map<String, String> settings = new LinkedHashMap<>();
      for (String setting : rest.split(" ", -1)) {
        int equals = setting.indexOf('=');
        if (equals > 0) {
          settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
      }
      return new Settings(settings);
    }
  }

  /** Keyword arguments. */
  record Settings(Map<String, String> texts) {
    boolean has(String name) {
      return texts.containsKey(name);
    }

    String text(String name) {
      return Objects.requireNonNull(texts.get(name), name);
    }

    double number(String name) {
      return Double.parseDouble(text(name));
    }

    double number(String name, double otherwise) {
      return has(name) ? number(name) : otherwise;
    }

    double[] numbers(String name) {
      return Arrays.stream(text(name).split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    }
  }

  /** A run: its optimiser, perhaps its scheduler, and what came of it. */
  record Run(Line optimizer, @Nullable Line scheduler, List<Line> results) {
    List<double[]> all(String word) {
      return results.stream().filter(line -> line.word().equals(word)).map(Line::numbers).toList();
    }

    Map<String, double[]> state() {
      Map<String, double[]> state = new LinkedHashMap<>();
      for (Line line : results) {
        if (line.word().equals("state")) {
          state.put(
              line.name(), new Line("", line.rest().substring(line.name().length() + 1)).numbers());
        }
      }
      return state;
    }

    @Override
    public String toString() {
      return optimizer.rest() + (scheduler == null ? "" : ", " + scheduler.rest());
    }
  }

  private static final List<Line> LINES = read();

  static final double[] START = constant("p0");

  /** The loss: {@code Σ a/2 · (p − b)² + sin(c · p)}. */
  private static final Tensor A = tensor(constant("a"));

  private static final Tensor B = tensor(constant("b"));
  private static final Tensor C = tensor(constant("c"));

  private Recorded() {}

  private static List<Line> read() {
    List<Line> lines = new ArrayList<>();
    try (InputStream file = Recorded.class.getResourceAsStream("recorded.txt.gz");
        InputStream in = new GZIPInputStream(Objects.requireNonNull(file))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.startsWith("#") && !line.isEmpty()) {
          String[] parts = line.split(" ", 2);
          lines.add(new Line(parts[0], parts.length == 1 ? "" : parts[1]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static double[] constant(String name) {
    return LINES.stream()
        .filter(line -> line.word().equals(name))
        .findFirst()
        .orElseThrow()
        .numbers();
  }

  /** The lines from one that is wanted to the next that starts something. */
  static List<List<Line>> sections(Predicate<String> wanted) {
    List<List<Line>> sections = new ArrayList<>();
    List<Line> section = null;
    for (Line line : LINES) {
      switch (line.word()) {
        case "optimizer", "groups", "clip", "plateau" -> {
          section = null;
          if (wanted.test(line.word())) {
            section = new ArrayList<>();
            sections.add(section);
          }
        }
        default -> {}
      }
      if (section != null) {
        section.add(line);
      }
    }
    return sections;
  }

  static List<Run> runs(boolean scheduled) {
    List<Run> runs = new ArrayList<>();
    for (List<Line> section : sections("optimizer"::equals)) {
      boolean has = section.get(1).word().equals("scheduler");
      if (has == scheduled) {
        runs.add(
            new Run(
                section.getFirst(),
                has ? section.get(1) : null,
                section.subList(has ? 2 : 1, section.size())));
      }
    }
    return runs;
  }

  static Tensor loss(Tensor p) {
    return loss(p, 0, START.length);
  }

  /** The part of the loss of some of the parameters. */
  static Tensor loss(Tensor p, long from, long to) {
    Index part = Index.slice(from, to);
    Tensor distance = p.sub(B.get(part));
    return distance.mul(distance).mul(A.get(part)).mul(0.5).add(C.get(part).mul(p).sin()).sum();
  }
}
