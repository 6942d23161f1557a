package fluxion.tests.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The section about formulas of {@code docs/mutation.md}. */
final class Page {
  private static final String BEGIN = "<!-- formulas: written by mvn -Pfull,docs verify -->\n";
  private static final String END = "<!-- formulas: end -->\n";

  private Page() {}

  /** Writes the section into the page if asked to, else requires that it is there already. */
  static void check(List<Outcome> outcomes, Ledger ledger) {
    Path page = Path.of(System.getProperty("fluxion.root"), "docs", "mutation.md");
    String section = section(outcomes, ledger);
    try {
      String text = Files.readString(page);
      int begin = text.indexOf(BEGIN) + BEGIN.length();
      int end = text.indexOf(END);
      if (begin < BEGIN.length() || end < begin) {
        throw new AssertionError(page + " has no place for the section about formulas");
      }
      if (Boolean.getBoolean("fluxion.docs.write")) {
        Files.writeString(page, text.substring(0, begin) + section + text.substring(end));
      } else if (!text.substring(begin, end).equals(section)) {
        throw new AssertionError(
            page + " is not up to date: mvn -Pfull,docs verify writes this:\n" + section);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String section(List<Outcome> outcomes, Ledger ledger) {
    StringBuilder text = new StringBuilder("\n");
    table(text, "module", outcomes, Outcome::module);
    table(
        text, "change", outcomes, o -> o.mutant().change().kind().name().toLowerCase(Locale.ROOT));
    Map<Ledger.Kind, String> titles = new EnumMap<>(Ledger.Kind.class);
    titles.put(Ledger.Kind.SURVIVOR, "Survivors");
    titles.put(Ledger.Kind.EQUIVALENT, "Equivalent");
    titles.put(
        Ledger.Kind.UNREACHABLE, "Not judged: no operator calls the formula at these dtypes");
    titles.forEach(
        (kind, title) -> {
          text.append("### ")
              .append(title)
              .append("\n\n| mutants | changes | reason |\n|---|--:|---|\n");
          for (Ledger.Entry entry : ledger.entries()) {
            if (entry.kind() == kind) {
              long count =
                  outcomes.stream().filter(o -> o.entry().equals(Optional.of(entry))).count();
              text.append("| %s | %d | %s |\n".formatted(entry.prefix(), count, entry.reason()));
            }
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static void table(
      StringBuilder text, String head, List<Outcome> outcomes, Function<Outcome, String> by) {
    Map<String, int[]> rows = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      for (String row : List.of(by.apply(outcome), "all")) {
        int[] counts = rows.computeIfAbsent(row, r -> new int[3]);
        counts[0] += outcome.counts() ? 1 : 0;
        counts[1] += outcome.killed() ? 1 : 0;
        counts[2] += outcome.is(Ledger.Kind.EQUIVALENT) ? 1 : 0;
      }
    }
    int[] all = rows.remove("all");
    rows.put("all", all);
    text.append("| ").append(head).append(" | mutants | killed | | equivalent besides |\n");
    text.append("|---|--:|--:|--:|--:|\n");
    rows.forEach(
        (row, n) ->
            text.append(
                "| %s | %d | %d | %.1f %% | %d |\n"
                    .formatted(row, n[0], n[1], 100.0 * n[1] / Math.max(1, n[0]), n[2])));
    text.append('\n');
  }
}
