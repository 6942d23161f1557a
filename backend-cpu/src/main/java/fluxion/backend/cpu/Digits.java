package fluxion.backend.cpu;

/** What sorts by digits share. */
final class Digits {
  private Digits() {}

  /**
   * Turns the counts of a digit's values into the places where they start.
   *
   * @param counts the counts, which are overwritten
   * @param first the first one
   * @param buckets how many there are
   * @param n their sum
   * @return false if all elements have one value, so that there is nothing to sort by
   */
  static boolean starts(int[] counts, int first, int buckets, int n) {
    int start = 0;
    for (int b = first; b < first + buckets; b++) {
      int count = counts[b];
      if (count == n) {
        return false;
      }
      counts[b] = start;
      start += count;
    }
    return true;
  }
}
