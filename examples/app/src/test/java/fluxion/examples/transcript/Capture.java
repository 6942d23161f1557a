package fluxion.examples.transcript;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is printed to the standard output, until this is closed. */
public final class Capture implements AutoCloseable {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Begins. */
  public Capture() {
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** {@return what was printed since the last call; line ends are {@code \n}} */
  public String take() {
    String text = bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    bytes.reset();
    return text;
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
