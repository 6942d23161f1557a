package fluxion.conformance.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Keeps what the threads of a group print while it is open; what others print goes where it always
 * went.
 */
final class Printed implements AutoCloseable {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final ThreadGroup group;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Printed(ThreadGroup group) {
    this.group = group;
  }

  /** Begins to listen to the threads of a group. */
  static Printed by(ThreadGroup group) {
    Printed printed = new Printed(group);
    System.setOut(printed.listening(printed.out));
    System.setErr(printed.listening(printed.err));
    return printed;
  }

  private PrintStream listening(PrintStream before) {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            target().write(b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            target().write(bytes, from, length);
          }

          private OutputStream target() {
            return group.parentOf(Thread.currentThread().getThreadGroup()) ? kept : before;
          }
        },
        true,
        before.charset());
  }

  /** What was printed so far. */
  String text() {
    return kept.toString(out.charset());
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
