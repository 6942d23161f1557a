package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.engine.spi.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes generated classes to files for people to read, if the property {@code fluxion.cpu.dump}
 * names a directory: {@code kernel-N.class} and, with the formulas, {@code kernel-N.txt}.
 */
final class Dump {
  static final String PROPERTY = "fluxion.cpu.dump";

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final AtomicBoolean COMPLAINED = new AtomicBoolean();

  private Dump() {}

  /** Writes a class if asked to; that it cannot is said once and changes nothing else. */
  static void write(Kernel kernel, ColumnStep[] steps, byte[] bytes) {
    String directory = System.getProperty(PROPERTY);
    if (directory == null) {
      return;
    }
    String complaint = tryWrite(directory, kernel, steps, bytes);
    if (!complaint.isEmpty() && COMPLAINED.compareAndSet(false, true)) {
      System.err.println(complaint);
    }
  }

  /** Returns what is wrong with the directory in one line, or nothing. */
  static String tryWrite(String directory, Kernel kernel, ColumnStep[] steps, byte[] bytes) {
    try {
      Path path = Files.createDirectories(Path.of(directory));
      String name = "kernel-" + COUNT.incrementAndGet();
      Files.write(path.resolve(name + ".class"), bytes);
      Files.writeString(path.resolve(name + ".txt"), describe(kernel, steps));
      return "";
    } catch (IOException | InvalidPathException e) {
      return "cannot write generated kernels to '"
          + directory
          + "' ("
          + e
          + "); let -D"
          + PROPERTY
          + " name a directory that can be written, or leave it out";
    }
  }

  private static String describe(Kernel kernel, ColumnStep[] steps) {
    StringBuilder text = new StringBuilder("formula ").append(kernel).append('\n');
    int outputs = kernel.outputs().size();
    for (int i = 0; i < steps.length; i++) {
      boolean output = i < outputs;
      DType type = output ? kernel.output(i).type() : kernel.inputType(i - outputs);
      text.append(output ? "output " + i : "input x" + (i - outputs));
      text.append(
          type == null
              ? " unused\n"
              : " " + type + " step " + steps[i].name().toLowerCase(Locale.ROOT) + "\n");
    }
    return text.toString();
  }
}
