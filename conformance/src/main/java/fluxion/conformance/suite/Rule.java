package fluxion.conformance.suite;

import java.util.Locale;

/**
 * A rule of the specification.
 *
 * @param id its id, such as {@code B-101}
 * @param title what it asks for in a few words
 * @param text the rule, in the words of RFC 2119
 * @param intent why it is there
 * @param test the name of its test; empty if it cannot be tested
 * @param untestable why it cannot be tested; empty if it can
 */
public record Rule(
    String id, String title, String text, String intent, String test, String untestable) {

  /**
   * {@return the name that the rule's test must have: id and title in lower case, words joined by
   * underscores}
   *
   * <p>Apostrophes and quotation marks vanish, and the sign of a number is read as a word: {@code
   * B-207 A device's −0 is kept} becomes {@code b207_a_devices_minus_0_is_kept}.
   */
  public String testName() {
    String words =
        title
            .toLowerCase(Locale.ROOT)
            .replaceAll("['’‘\"“”`]", "")
            .replaceAll("(?<!\\w)[-−](?=[0-9])", " minus ")
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_|_$", "");
    return id.toLowerCase(Locale.ROOT).replace("-", "") + "_" + words;
  }

  /** {@return the id and the title} */
  @Override
  public String toString() {
    return id + " " + title;
  }
}
