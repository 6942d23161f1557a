package fluxion.conformance.suite;

import fluxion.api.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules, as {@code docs/specification.md} has them; the kit carries the page.
 *
 * <p>A rule is a section of the page:
 *
 * <pre>
 * ### B-101 Fresh memory is zero
 *
 * `allocate` MUST return memory whose elements are all zero.
 *
 * *Intent:* a result that is written only in part never shows what another tensor held.
 * *Test:* `b101_fresh_memory_is_zero`
 * </pre>
 *
 * or, where nothing can tell, {@code *Untestable:* why}.
 */
public final class Specification {
  private static final String RESOURCE = "/fluxion/conformance/specification.md";
  private static final Pattern HEADING = Pattern.compile("### ([BFP]-\\d{3}) (.+)");
  private static final Pattern PART = Pattern.compile("\\*(Intent|Test|Untestable):\\* (.*)");

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  private Specification() {}

  /** {@return the specification that the kit carries} */
  public static Specification load() {
    return Carried.SPECIFICATION;
  }

  /** Read at the first use. */
  private static final class Carried {
    static final Specification SPECIFICATION = parse(page());

    private static String page() {
      try (InputStream page = Specification.class.getResourceAsStream(RESOURCE)) {
        if (page == null) {
          throw new FormatException("the kit lacks its specification, " + RESOURCE);
        }
        return new String(page.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * {@return the rules of a page}
   *
   * @param page the text of the page
   * @throws FormatException if a rule is incomplete or its id is used twice
   */
  public static Specification parse(String page) {
    Specification specification = new Specification();
    Section section = null;
    for (String line : page.lines().toList()) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        specification.add(section);
        section = new Section(heading.group(1), heading.group(2).strip());
      } else if (line.startsWith("#")) {
        specification.add(section);
        section = null;
      } else if (section != null) {
        section.line(line.strip());
      }
    }
    specification.add(section);
    return specification;
  }

  private void add(@Nullable Section section) {
    if (section != null && rules.put(section.id, section.rule()) != null) {
      throw new FormatException("the specification has two rules " + section.id);
    }
  }

  /** {@return the rules in the order of the page} */
  public Collection<Rule> rules() {
    return rules.values();
  }

  /**
   * {@return a rule}
   *
   * @param id its id
   * @throws FormatException if there is none
   */
  public Rule rule(String id) {
    Rule rule = rules.get(id);
    if (rule == null) {
      throw new FormatException("the specification has no rule " + id);
    }
    return rule;
  }

  /** A rule's section while it is read. */
  private static final class Section {
    private final String id;
    private final String title;
    private final List<String> text = new ArrayList<>();
    private final Map<String, String> parts = new LinkedHashMap<>();
    private @Nullable String part;

    Section(String id, String title) {
      this.id = id;
      this.title = title;
    }

    void line(String line) {
      Matcher matcher = PART.matcher(line);
      if (matcher.matches()) {
        part = matcher.group(1);
        parts.put(part, matcher.group(2).strip());
      } else if (line.isEmpty()) {
        part = null;
      } else if (part != null) {
        parts.merge(part, line, (before, more) -> before + " " + more);
      } else {
        text.add(line);
      }
    }

    Rule rule() {
      String test = parts.getOrDefault("Test", "").replace("`", "");
      String untestable = parts.getOrDefault("Untestable", "");
      if (text.isEmpty()
          || !parts.containsKey("Intent")
          || test.isEmpty() == untestable.isEmpty()) {
        throw new FormatException(
            "rule "
                + id
                + " of the specification needs a text, a line *Intent:* and one of *Test:* and"
                + " *Untestable:*");
      }
      return new Rule(
          id, title, String.join(" ", text), parts.getOrDefault("Intent", ""), test, untestable);
    }
  }
}
