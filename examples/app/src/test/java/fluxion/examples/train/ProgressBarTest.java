package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String draw(boolean terminal) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (ProgressBar bar = new ProgressBar(out, terminal, 2, 10)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        bar.images(5);
        bar.images(10);
        bar.epoch(new Trainer.Epoch(0.5, 0.75));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
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
}
