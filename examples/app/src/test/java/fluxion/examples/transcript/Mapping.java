package fluxion.examples.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * From what PyTorch prints to what Fluxion prints. The rules are published in {@code
 * docs/pytorch.md}, section "What is printed"; the numbers are theirs.
 */
public final class Mapping {
  private static final Pattern ADDRESS = Pattern.compile("<(\\w+) object at 0x\\.\\.\\.>");
  private static final Pattern SIZE = Pattern.compile("torch\\.Size\\((\\[[^\\]]*\\])\\)");
  private static final Pattern TUPLE = Pattern.compile("(?m)^\\((.*)\\)$");
  private static final Pattern LIST_OF_TEXTS = Pattern.compile("(?m)^\\['.*'\\]$");
  private static final Pattern ABSENT_OPTION =
      Pattern.compile("(?m)^    (differentiable|foreach): .*\\R");
  // a word of its own: not "requires_grad=True", "tensor(True)" or an optimiser's "maximize: False"
  private static final Pattern WORD =
      Pattern.compile("(?<![\\w=]|tensor\\(|: )\\b(None|True|False)\\b");

  private static final Map<String, String> WORDS =
      Map.of("None", "null", "True", "true", "False", "false");

  private static final Map<String, List<String>> EXCEPTIONS =
      Map.of(
          "RuntimeError",
          List.of("AutogradException", "ShapeException", "DTypeException", "ArgumentException"),
          "ValueError",
          List.of("ArgumentException"),
          "IndexError",
          List.of("IndexException"),
          "AttributeError",
          List.of("NullPointerException"));

  private Mapping() {}

  /**
   * {@return what Fluxion prints}
   *
   * @param python what PyTorch prints
   */
  public static String output(String python) {
    String java = ADDRESS.matcher(python).replaceAll("<$1>"); // rule 3
    java = SIZE.matcher(java).replaceAll("$1"); // rule 4
    java = TUPLE.matcher(java).replaceAll("[$1]"); // rule 5
    java = ABSENT_OPTION.matcher(java).replaceAll(""); // rule 6
    java = LIST_OF_TEXTS.matcher(java).replaceAll(list -> list.group().replace("'", "")); // rule 9
    return WORD.matcher(java).replaceAll(word -> WORDS.get(word.group())); // rules 1 and 2
  }

  /**
   * Holds an exception to the one of a snippet.
   *
   * @param expected the snippet, which fails
   * @param type the exception's class, its simple name
   * @param message its message
   */
  public static void assertFailure(Transcript.Entry expected, String type, String message) {
    List<String> types = EXCEPTIONS.getOrDefault(expected.errorType(), List.of());
    assertTrue(
        types.contains(type),
        () -> expected.errorType() + " is one of " + types + ", not " + type + ": " + message);
    if (!type.equals("NullPointerException")) { // whose text is the JDK's: rule 8
      assertTrue(
          message.contains(expected.errorText()),
          () ->
              "the message should carry PyTorch's\n  "
                  + expected.errorText()
                  + "\nbut is\n  "
                  + message
                  + "\nof\n"
                  + expected.code());
    }
  }

  /**
   * Holds printed text to that of a snippet.
   *
   * @param expected the snippet
   * @param printed what was printed
   */
  public static void assertOutput(Transcript.Entry expected, String printed) {
    assertEquals(output(expected.output()), printed, () -> "output of\n" + expected.code());
  }
}
