package fluxion.backend.gpu.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pieces of OpenCL C that are written by hand. A file of {@code kernels/} is cut at the lines
 * {@code //# name needed…}; a kernel's source has the parts that it uses and those that these need.
 */
public final class Parts {
  private static final String MARK = "//# ";
  private static final List<String> FILES = List.of("convert.cl", "arithmetic.cl", "math.cl");

  private record Part(List<String> needs, String text) {}

  private static final Map<String, Part> ALL = readAll();

  private Parts() {}

  /**
   * {@return a file of {@code kernels/}, whole}
   *
   * @param file its name
   */
  public static String file(String file) {
    try (InputStream in = Parts.class.getResourceAsStream("/fluxion/backend/gpu/kernels/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the module lacks its resource kernels/" + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Part> readAll() {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (String file : FILES) {
      String[] pieces = file(file).split("(?m)^" + MARK, -1);
      for (int i = 1; i < pieces.length; i++) {
        int end = pieces[i].indexOf('\n');
        List<String> words = List.of(pieces[i].substring(0, end).strip().split(" +", -1));
        parts.put(
            words.getFirst(),
            new Part(words.subList(1, words.size()), pieces[i].substring(end + 1).strip() + "\n"));
      }
    }
    return parts;
  }

  /**
   * {@return the text of some parts and of what they need, each once and after what it needs}
   *
   * @param names the parts
   */
  public static String text(Collection<String> names) {
    Set<String> order = new LinkedHashSet<>();
    for (String name : names) {
      add(name, order);
    }
    List<String> texts = new ArrayList<>();
    for (String name : order) {
      texts.add(part(name).text());
    }
    return String.join("\n", texts);
  }

  private static void add(String name, Set<String> order) {
    if (!order.contains(name)) {
      part(name).needs().forEach(needed -> add(needed, order));
      order.add(name);
    }
  }

  private static Part part(String name) {
    Part part = ALL.get(name);
    if (part == null) {
      throw new IllegalStateException("there is no part '" + name + "' in kernels/");
    }
    return part;
  }
}
