package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.LoadedPlugins;
import fluxion.api.Ops;
import fluxion.api.Plugins;
import fluxion.api.Tensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers whose jars say what their operators are called. */
final class IndexedNamesTest {
  private static final String INDEX = "META-INF/fluxion/acme.Functions.operators";

  @TempDir Path folder;

  /** A module of two tables; the class of the second cannot be initialised. */
  private Path acme() {
    return new Workshop(folder)
        .make(
            Workshop.Sources.of(
                    "acme",
                    "requires fluxion.engine;"
                        + " provides fluxion.engine.spi.FunctionProvider with acme.Functions;")
                .file(
                    "acme.Functions",
                    """
                    package acme;
                    import fluxion.engine.spi.*;
                    public final class Functions implements FunctionProvider {
                      public int spiVersion() { return SpiVersion.CURRENT; }
                      public String name() { return "acme"; }
                      public void lines(Catalogue table) {
                        if (table.reads("First")) First.lines(table);
                        if (table.reads("Second")) Second.lines(table);
                      }
                    }
                    """)
                .file(
                    "acme.First",
                    """
                    package acme;
                    import fluxion.engine.spi.*;
                    final class First {
                      static void lines(Catalogue table) {
                        if (table.has("acme:twice")) {
                          table.add(Operator.unary(PointwiseFunction.unary(
                              "acme:twice", Promotion.INT_TO_FLOAT, x -> x.mul(2))));
                        }
                      }
                    }
                    """)
                .file(
                    "acme.Second",
                    """
                    package acme;
                    import fluxion.engine.spi.*;
                    final class Second {
                      static { if (true) throw new IllegalStateException("read"); }
                      static void lines(Catalogue table) {
                        if (table.has("acme:half")) table.add(java.util.List.of());
                      }
                    }
                    """));
  }

  private Path jars(Jar jar) throws Exception {
    Path jars = Files.createDirectory(folder.resolve("jars"));
    jar.write(jars.resolve("acme.jar"));
    return jars;
  }

  @Test
  void the_names_are_those_of_the_index_and_no_other_table_is_read() throws Exception {
    byte[] index = "First acme:twice\nSecond acme:half\n".getBytes(StandardCharsets.UTF_8);
    try (LoadedPlugins plugins = Plugins.load(jars(Jar.of(acme()).with(INDEX, index)))) {
      assertEquals(List.of("acme:twice", "acme:half"), plugins.list().getFirst().offers());
      assertEquals(6, Ops.call("acme:twice", Tensors.tensor(3.0)).toDoubleArray()[0]);
    }
  }

  @Test
  void without_an_index_the_tables_are_read() throws Exception {
    try (LoadedPlugins plugins = Plugins.load(jars(Jar.of(acme())))) {
      String refusal = plugins.list().getFirst().refusal();
      assertEquals(true, refusal.contains("read"), refusal);
    }
  }
}
