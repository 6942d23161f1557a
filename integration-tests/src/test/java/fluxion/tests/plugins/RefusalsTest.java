package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.LoadedPlugins;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.Plugins;
import fluxion.api.Tensors;
import fluxion.tests.support.Modules;
import java.io.IOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.module.ModuleFinder;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of what can be wrong with a jar in a directory of plugins: each is refused with its
 * name, the cause and what to do, and the others work.
 */
final class RefusalsTest {
  private static final String PATIENCE = "fluxion.plugins.patience";
  private static final String FUNCTIONS = "acme/bad/Functions.class";

  /**
   * A line of the table.
   *
   * @param what what is wrong
   * @param jars the jars that are refused
   * @param refusal a part of the refusal, with {@code DIR} for the directory
   * @param writer writes the jars
   */
  record Line(String what, List<String> jars, String refusal, Consumer<RefusalsTest> writer) {
    @Override
    public String toString() {
      return what;
    }
  }

  @TempDir Path folder;
  private Path directory;
  private Workshop workshop;

  @BeforeEach
  void put_a_good_plugin_there() throws IOException {
    directory = Files.createDirectory(folder.resolve("plugins"));
    workshop = new Workshop(Files.createDirectory(folder.resolve("classes")));
    Jar.of(workshop.make(Workshop.scaling("acme.good", "acme_triple", 3)))
        .write(directory.resolve("good.jar"));
  }

  @AfterEach
  void be_patient_again() {
    System.clearProperty(PATIENCE);
  }

  private Jar bad(String body) {
    return Jar.of(workshop.make(Workshop.operators("acme.bad", body)));
  }

  private Jar bad() {
    return bad("");
  }

  private Jar module(String name, String descriptor, String... packages) {
    Workshop.Sources sources = Workshop.Sources.of(name, descriptor);
    for (String each : packages) {
      sources.file(each + ".Thing", "package " + each + "; public class Thing {}");
    }
    return Jar.of(workshop.make(sources));
  }

  private void write(Jar jar, String name) {
    jar.write(directory.resolve(name));
  }

  /** A module of the JDK that this program runs without. */
  private static String unusedModule() {
    return ModuleFinder.ofSystem().findAll().stream()
        .map(module -> module.descriptor().name())
        .filter(name -> ModuleLayer.boot().findModule(name).isEmpty())
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  private static byte[] withVersion(byte[] classFile, int major) {
    byte[] changed = classFile.clone();
    changed[6] = (byte) (major >> 8);
    changed[7] = (byte) major;
    return changed;
  }

  /** As Java 21 compiled it with its preview features. */
  private static byte[] preview(byte[] classFile) {
    byte[] changed = withVersion(classFile, ClassFile.JAVA_21_VERSION);
    changed[4] = (byte) 0xff;
    changed[5] = (byte) 0xff;
    return changed;
  }

  private static byte[] notPublic(byte[] classFile) {
    ClassFile files = ClassFile.of();
    return files.transformClass(
        files.parse(classFile),
        (builder, element) -> {
          if (element instanceof AccessFlags) {
            builder.withFlags(AccessFlag.FINAL, AccessFlag.SUPER);
          } else {
            builder.with(element);
          }
        });
  }

  static Stream<Line> table() {
    return Stream.of(
        new Line(
            "not a module",
            List.of("plain.jar"),
            "is not a module: it has no module-info.class; add a module-info.java to its sources,"
                + " or put it on the class path",
            t -> t.write(t.bad().without("module-info.class"), "plain.jar")),
        new Line(
            "two modules of one name",
            List.of("one.jar", "two.jar"),
            "is module acme.bad, and so is ",
            t -> {
              t.write(t.bad(), "one.jar");
              t.write(t.bad(), "two.jar");
            }),
        new Line(
            "a split package",
            List.of("left.jar", "right.jar"),
            "holds package acme.shared, and so does ",
            t -> {
              t.write(t.module("acme.left", "", "acme.shared"), "left.jar");
              t.write(t.module("acme.right", "", "acme.shared"), "right.jar");
            }),
        new Line(
            "a missing requires",
            List.of("bad.jar"),
            "requires module acme.helper, which is neither in DIR nor among the modules of this"
                + " program; add the jar that has it",
            t -> {
              t.module("acme.helper", "");
              t.write(t.module("acme.bad", "requires acme.helper;"), "bad.jar");
            }),
        new Line(
            "a requires that is refused",
            List.of("bad.jar"),
            "requires module acme.helper, which is refused: helper.jar requires module acme.deeper,"
                + " which is neither",
            t -> {
              t.module("acme.deeper", "");
              t.write(t.module("acme.helper", "requires acme.deeper;"), "helper.jar");
              t.write(t.module("acme.bad", "requires acme.helper;"), "bad.jar");
            }),
        new Line(
            "a module of the JDK that was not asked for",
            List.of("bad.jar"),
            "start it with --add-modules " + unusedModule(),
            t -> t.write(t.module("acme.bad", "requires " + unusedModule() + ";"), "bad.jar")),
        new Line(
            "a provider that is not public",
            List.of("bad.jar"),
            "class acme.bad.Functions is not public; make the class public",
            t -> t.write(t.bad().change(FUNCTIONS, RefusalsTest::notPublic), "bad.jar")),
        new Line(
            "a descriptor older than modules",
            List.of("old.jar"),
            "has a module-info.class that cannot be used: Unsupported major.minor version 52.0;"
                + " compile the module again with --release 25",
            t ->
                t.write(
                    t.bad().change("module-info.class", file -> withVersion(file, 52)), "old.jar")),
        new Line(
            "a class file of an older Java's preview",
            List.of("preview.jar"),
            "; use a build of the plugin for Java 25 without preview features, or a JVM for which"
                + " it was built",
            t -> t.write(t.bad().change(FUNCTIONS, RefusalsTest::preview), "preview.jar")),
        new Line(
            "a corrupt jar",
            List.of("broken.jar"),
            "cannot be read: zip END header not found; it is damaged: copy or build it again",
            t -> {
              try {
                Path whole = t.bad().write(t.folder.resolve("whole.jar"));
                byte[] bytes = Files.readAllBytes(whole);
                Files.write(
                    t.directory.resolve("broken.jar"),
                    java.util.Arrays.copyOf(bytes, bytes.length / 2));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }),
        new Line(
            "a provider that blocks in its constructor",
            List.of("stuck.jar"),
            "did not answer within 300 ms: it is stuck in acme.bad.Functions.<init>; a provider"
                + " must be quick to make and to ask",
            t -> {
              System.setProperty(PATIENCE, "300");
              t.write(
                  t.bad(
                      "public Functions() { while (!Thread.interrupted()) Thread.onSpinWait(); }"),
                  "stuck.jar");
            }),
        new Line(
            "an SPI too old",
            List.of("bad.jar"),
            "was compiled for version 1 of the SPI, and this engine speaks version 2; use a release"
                + " of the plugin for version 2 or an engine that speaks version 1",
            t -> t.write(t.bad("public int spiVersion() { return 1; }"), "bad.jar")),
        new Line(
            "an SPI too new",
            List.of("bad.jar"),
            "was compiled for version 3 of the SPI, and this engine speaks version 2",
            t -> t.write(t.bad("public int spiVersion() { return 3; }"), "bad.jar")),
        new Line(
            "a provider whose class is missing",
            List.of("bad.jar"),
            "Provider acme.bad.Functions not found; the jar is damaged or names a class that it"
                + " does not hold: build it again",
            t ->
                t.write(
                    t.bad().without(FUNCTIONS).with("acme/bad/Other.class", new byte[0]),
                    "bad.jar")),
        new Line(
            "its own copy of the API inside",
            List.of("fat.jar"),
            "holds its own copy of fluxion.api (package fluxion.api); a plugin requires that module"
                + " and does not carry it: leave it out of the jar",
            t -> t.write(t.bad().with("fluxion/api/Tensor.class", new byte[0]), "fat.jar")),
        new Line(
            "the engine's jar beside it",
            List.of("fluxion-engine.jar"),
            "is module fluxion.engine, which this program has already; take it out of DIR",
            t ->
                t.write(
                    Jar.empty()
                        .with("module-info.class", descriptorOfTheEngine())
                        .with("fluxion/engine/spi/Operator.class", new byte[0])
                        .with("fluxion/engine/spi/accelerator/Softmax.class", new byte[0])
                        .with("fluxion/engine/DefaultEngine.class", new byte[0]),
                    "fluxion-engine.jar")));
  }

  private static byte[] descriptorOfTheEngine() {
    Path engine = Modules.paths("fluxion.engine").getFirst();
    try {
      if (Files.isDirectory(engine)) {
        return Files.readAllBytes(engine.resolve("module-info.class"));
      }
      try (var jar = java.nio.file.FileSystems.newFileSystem(engine)) {
        return Files.readAllBytes(jar.getPath("module-info.class"));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void a_bad_jar_is_refused_by_name_with_cause_and_remedy_and_the_others_work(Line line) {
    line.writer().accept(this);
    try (LoadedPlugins plugins = Plugins.load(directory)) {
      assertEquals(6.0, Ops.call("acme_triple", Tensors.tensor(2.0)).item());
      List<Plugin> refused =
          plugins.list().stream().filter(plugin -> !plugin.isFullyUsable()).toList();
      for (String jar : line.jars()) {
        String location = directory.resolve(jar).toString();
        Plugin plugin =
            refused.stream()
                .filter(each -> each.location().equals(location))
                .findFirst()
                .orElseThrow(() -> new AssertionError(refused.toString()));
        String due = line.refusal().replace("DIR", directory.toString());
        assertTrue(plugin.refusal().contains(due), plugin.refusal());
        assertEquals(List.of(), plugin.offers());
        if (plugin.kind() == Plugin.Kind.JAR) {
          assertTrue(plugin.refusal().startsWith(jar + " "), plugin.refusal());
        }
      }
      assertTrue(Plugins.list().containsAll(refused));
      PluginException e =
          assertThrows(PluginException.class, () -> Ops.call("acme_nothing", Tensors.ones(1)));
      assertTrue(e.getMessage().contains("Refused: "), e.getMessage());
    }
    // what was refused goes with the directory
    assertTrue(Plugins.list().stream().allMatch(Plugin::isFullyUsable));
  }
}
