package fluxion.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private String draw(boolean terminal) {
    try (ProgressBar bar = new ProgressBar(out, terminal, 2, 10)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        bar.update(5);
        bar.update(10);
        bar.epoch("loss 0.5000  accuracy  75.0 %");
      }
    }
    return text();
  }

  @Test
  void elsewhere_than_on_a_terminal_an_epoch_is_a_line() {
    assertEquals(
        """
        epoch 1/2 [===============               ]  loss 0.5000  accuracy  75.0 %
        epoch 2/2 [==============================]  loss 0.5000  accuracy  75.0 %
        """,
        draw(false));
  }

  @Test
  void on_a_terminal_one_line_is_drawn_over() {
    String text = draw(true);
    assertEquals(1, text.chars().filter(c -> c == '\n').count());
    assertEquals("epoch 1/2 [=======                       ]", text.split("\r", -1)[1]);
  }

  @Test
  void what_is_left_of_a_longer_line_is_drawn_over() {
    try (ProgressBar bar = new ProgressBar(out, true, 2, 1)) {
      bar.epoch("long");
      bar.epoch("");
    }
    String[] lines = text().split("\r", -1);
    assertEquals("epoch 1/2 [===============               ]  long", lines[1]);
    assertEquals("epoch 2/2 [==============================]      \n", lines[2]);
  }

  @Test
  void a_resumed_run_goes_on_where_it_was() {
    try (ProgressBar bar = new ProgressBar(out, false, 3, 7)) {
      bar.resume(2);
      bar.epoch("");
    }
    assertEquals("epoch 3/3 [==============================]\n", text());
  }

  @Test
  void there_is_no_bar_of_nothing() {
    assertEquals(
        "a progress bar needs epochs and items, not 1 and 0",
        assertThrows(ArgumentException.class, () -> new ProgressBar(out, true, 1, 0)).getMessage());
    ProgressBar bar = new ProgressBar(out, true, 3, 1);
    assertEquals(
        "4 epochs are done of 3",
        assertThrows(ArgumentException.class, () -> bar.resume(4)).getMessage());
  }
}
