package fluxion.engine.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the names that someone may have meant. */
final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /** A question such as {@code Did you mean 'relu' or 'selu'?}, or the empty text. */
  static String question(String name, Collection<String> names) {
    List<String> near = near(name, names);
    return near.isEmpty()
        ? ""
        : near.stream()
            .map(n -> "'" + n + "'")
            .collect(Collectors.joining(" or "))
            .transform(choice -> "Did you mean " + choice + "?");
  }

  /** The names that differ from one in a letter or few, the nearest first. */
  static List<String> near(String name, Collection<String> names) {
    record Candidate(String name, int distance) {}

    int most = Math.max(1, name.length() / 3);
    return names.stream()
        .map(n -> new Candidate(n, distance(plain(name), plain(n))))
        .filter(c -> c.distance() <= most && c.distance() < name.length())
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /** Case and underscores are what people mistake most: they do not count. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }

  /**
   * The number of letters to insert, delete, change or swap with their neighbour (restricted
   * Damerau-Levenshtein distance).
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
