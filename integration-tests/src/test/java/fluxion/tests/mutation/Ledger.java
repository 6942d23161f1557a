package fluxion.tests.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Mutants that nothing notices, each with a reason: the resource {@code survivors.txt}. */
final class Ledger {
  /** Why a mutant is not noticed. */
  enum Kind {
    /** It computes the same wherever it is used. */
    EQUIVALENT,
    /** No operator calls the formula at these dtypes. */
    UNREACHABLE,
    /** It is wrong, or undetermined, and nothing notices. */
    SURVIVOR
  }

  /**
   * A line.
   *
   * @param kind why
   * @param prefix how the names of the mutants begin
   * @param reason the reason in words
   */
  record Entry(Kind kind, String prefix, String reason) {}

  private final List<Entry> entries;

  private Ledger(List<Entry> entries) {
    this.entries = entries;
  }

  /** Reads the resource. */
  static Ledger read() {
    try (InputStream in =
        Objects.requireNonNull(Ledger.class.getResourceAsStream("survivors.txt"))) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads lines {@code kind | beginning of the mutants' names | reason}; empty ones and those that
   * begin with # say nothing.
   */
  static Ledger parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 3);
        if (parts.length != 3 || parts[2].isBlank()) {
          throw new IllegalArgumentException("not 'kind | mutants | reason': " + line);
        }
        Kind kind = Kind.valueOf(parts[0].strip().toUpperCase(Locale.ROOT));
        entries.add(new Entry(kind, parts[1].strip(), parts[2].strip()));
      }
    }
    return new Ledger(List.copyOf(entries));
  }

  List<Entry> entries() {
    return entries;
  }

  /** The first line that is about a mutant. */
  Optional<Entry> about(String mutant) {
    return entries.stream().filter(entry -> mutant.startsWith(entry.prefix())).findFirst();
  }
}
