package fluxion.backend.cpu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {
  private static final ColumnStep[] STEPS = {
    ColumnStep.UNIT, ColumnStep.ZERO, ColumnStep.UNIT, ColumnStep.ANY
  };
  private static final Kernel KERNEL =
      Kernel.of(Expr.input(0, DType.FLOAT32).mul(Expr.input(2, DType.FLOAT32)));

  @Test
  void aKernelIsWrittenAsAClassFileWithItsFormula(@TempDir Path directory) throws IOException {
    byte[] bytes = KernelCompiler.generate(KERNEL, STEPS, true);
    Path below = directory.resolve("new");
    assertEquals("", Dump.tryWrite(below.toString(), KERNEL, STEPS, bytes));
    List<Path> files;
    try (Stream<Path> found = Files.list(below)) {
      files = found.sorted().toList();
    }
    assertEquals(2, files.size());
    assertEquals(bytes.length, Files.size(files.get(0)));
    assertEquals(
        """
        formula x0 * x2
        output 0 torch.float32 step unit
        input x0 torch.float32 step zero
        input x1 unused
        input x2 torch.float32 step any
        """,
        Files.readString(files.get(1)));
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsSaidInOneLine(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    String complaint = Dump.tryWrite(file.toString(), KERNEL, STEPS, new byte[0]);
    assertTrue(
        complaint.startsWith("cannot write generated kernels to '" + file + "' ("), complaint);
    assertTrue(
        complaint.endsWith(
            "; let -Dfluxion.cpu.dump name a directory that can be written, or leave it out"),
        complaint);
    assertEquals(1, complaint.lines().count());
  }
}
