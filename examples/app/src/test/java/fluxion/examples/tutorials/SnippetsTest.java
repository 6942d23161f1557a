package fluxion.examples.tutorials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SnippetsTest {
  private static final List<String> SOURCE =
      """
      import fluxion.api.Tensor;
      import org.jspecify.annotations.NullUnmarked;

      final class Some {
        static void run(Notebook notebook) {
          notebook.cell("First");
          int x = 1;
          while (x < 3) {
            x++;
          }

          notebook.cell("Second");
          IO.println(x);
        }

        private int other;
      }
      """
          .lines()
          .toList();

  @Test
  void a_snippet_lasts_to_the_next() {
    assertEquals("int x = 1;\nwhile (x < 3) {\n  x++;\n}", Snippets.parse(SOURCE).text("First"));
  }

  @Test
  void the_last_snippet_lasts_to_the_end_of_the_method() {
    assertEquals("IO.println(x);", Snippets.parse(SOURCE).text("Second"));
  }

  @Test
  void imports_are_those_that_snippets_need() {
    assertEquals(List.of("import fluxion.api.Tensor;"), Snippets.parse(SOURCE).imports());
  }

  @Test
  void snippets_stand_in_order() {
    assertEquals(List.of("First", "Second"), Snippets.parse(SOURCE).titles());
  }

  @Test
  void two_snippets_of_one_title_are_refused() {
    List<String> twice = List.of("    notebook.cell(\"Once\");", "    notebook.cell(\"Once\");");
    assertThrows(IllegalStateException.class, () -> Snippets.parse(twice));
  }
}
