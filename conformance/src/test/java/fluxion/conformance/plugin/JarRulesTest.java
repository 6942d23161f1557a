package fluxion.conformance.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules about published jars say of jars that are right, and of others. */
final class JarRulesTest {
  @TempDir Path folder;

  /** Stands for the provider in the jar, whose class is never loaded. */
  private static final class Provider implements FunctionProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "acme";
    }

    @Override
    public List<Operator> operators() {
      return List.of();
    }
  }

  private static List<Check> checks(Path path, String rules) {
    PluginSubject subject =
        new PluginSubject("acme.ops", new Candidate.Operators(new Provider()), path);
    return PluginRules.BOOK.checks("acme.ops", subject, Settings.DEFAULT.withRules(rules));
  }

  private static Verdict verdict(Path path, String rule) {
    List<Check> checks = checks(path, rule);
    assertEquals(1, checks.size(), rule);
    return new Runner(Settings.DEFAULT).run(checks.getFirst()).verdict();
  }

  private void assertFails(String rule, String clue, JarBuilder builder) throws IOException {
    Verdict verdict = verdict(builder.jar(folder), rule);
    assertEquals(Verdict.Kind.FAIL, verdict.kind(), verdict::toString);
    assertTrue(verdict.reason().contains(clue), verdict::reason);
  }

  @Test
  void a_right_jar_passes() throws IOException {
    Path jar = JarBuilder.right().jar(folder);
    for (Check check : checks(jar, "P-4*")) {
      assertEquals(
          Verdict.PASS, new Runner(Settings.DEFAULT).run(check).verdict(), check::toString);
    }
  }

  @Test
  void a_folder_is_judged_as_far_as_it_tells_and_the_rest_is_not_run() throws IOException {
    Path classes = JarBuilder.right().folder(folder.resolve("classes"));
    Set<String> notRun = new TreeSet<>();
    for (Check check : checks(classes, "P-4*")) {
      Verdict verdict = new Runner(Settings.DEFAULT).run(check).verdict();
      if (verdict.kind() == Verdict.Kind.NOT_RUN) {
        assertEquals(
            "classes is a folder of classes, and this is about what is published: a jar",
            verdict.reason());
        notRun.add(check.rule().id());
      } else {
        assertEquals(Verdict.PASS, verdict, check::toString);
      }
    }
    assertEquals(
        new TreeSet<>(List.of("P-410", "P-411", "P-412", "P-413", "P-414", "P-415")), notRun);
  }

  @Test
  void without_a_place_nothing_is_judged() {
    assertEquals(
        Verdict.notRun("it is not known where the classes of acme.ops lie"),
        verdict(null, "P-401"));
    assertEquals(Verdict.Kind.NOT_RUN, verdict(folder.resolve("gone.jar"), "P-402").kind());
  }

  @Test
  void a_jar_without_descriptor_is_no_explicit_module() throws IOException {
    assertFails(
        "P-401",
        "acme-ops-1.2.3.jar has no module-info.class",
        JarBuilder.right().without("module-info.class"));
    assertFails(
        "P-401",
        "cannot be read",
        JarBuilder.right().bytes("module-info.class", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  }

  @Test
  void a_package_with_another_beginning_is_named() throws IOException {
    assertFails(
        "P-402",
        "packages that do not begin with its name: acme.opsy, org.other",
        JarBuilder.right()
            .type("org.other.Thing", ClassFile.JAVA_25_VERSION)
            .type("acme.ops.inner.Thing", ClassFile.JAVA_25_VERSION)
            .type("acme.opsy.Thing", ClassFile.JAVA_25_VERSION));
  }

  @Test
  void a_class_without_a_package_is_named() throws IOException {
    assertFails(
        "P-403",
        "has classes without a package: Main.class",
        JarBuilder.right().type("Main", ClassFile.JAVA_25_VERSION));
  }

  @Test
  void a_package_that_another_module_has_is_named() throws IOException {
    assertFails(
        "P-404",
        "[fluxion.api.spi] with module fluxion.api",
        JarBuilder.right().type("fluxion.api.spi.Mine", ClassFile.JAVA_25_VERSION));
  }

  @Test
  void a_package_of_a_jar_on_the_class_path_is_named() throws IOException {
    assertFails(
        "P-404",
        "[fluxion.ops.nn] with ",
        JarBuilder.right().type("fluxion.ops.nn.Mine", ClassFile.JAVA_25_VERSION));
  }

  @Test
  void a_provider_that_the_jar_lacks_is_named() throws IOException {
    assertFails(
        "P-405",
        "declares providers that it lacks: acme.ops.Functions",
        JarBuilder.right()
            .without("acme/ops/Functions.class")
            .type("acme.ops.Other", ClassFile.JAVA_25_VERSION));
  }

  @Test
  void an_open_package_is_named() throws IOException {
    assertFails(
        "P-406",
        "module acme.ops is open in [acme.ops]",
        JarBuilder.right()
            .module("acme.ops", module -> module.opens(PackageDesc.of("acme.ops"), 0)));
    assertFails(
        "P-406",
        "module acme.ops is open:",
        JarBuilder.right().module("acme.ops", module -> module.moduleFlags(ClassFile.ACC_OPEN)));
  }

  @Test
  void a_package_that_is_open_to_one_module_is_allowed() throws IOException {
    Path jar =
        JarBuilder.right()
            .module(
                "acme.ops",
                module -> module.opens(PackageDesc.of("acme.ops"), 0, ModuleDesc.of("acme.more")))
            .jar(folder);
    assertEquals(Verdict.PASS, verdict(jar, "P-406"));
  }

  @Test
  void a_test_library_is_named_unless_it_is_for_compiling_alone() throws IOException {
    assertFails(
        "P-407",
        "requires test libraries: fluxion.conformance",
        JarBuilder.right()
            .module(
                "acme.ops",
                module -> module.requires(ModuleDesc.of("fluxion.conformance"), 0, null)));
    Path jar =
        JarBuilder.right()
            .module(
                "acme.ops",
                module ->
                    module.requires(
                        ModuleDesc.of("fluxion.conformance"), ClassFile.ACC_STATIC_PHASE, null))
            .jar(folder);
    assertEquals(Verdict.PASS, verdict(jar, "P-407"));
  }

  @Test
  void a_class_file_that_java_25_does_not_run_is_named() throws IOException {
    assertFails(
        "P-409",
        "acme/ops/Late.class has version 70, beyond 69",
        JarBuilder.right().type("acme.ops.Late", ClassFile.JAVA_25_VERSION + 1));
    assertFails(
        "P-409",
        "acme/ops/Early.class uses preview features",
        JarBuilder.right()
            .bytes(
                "acme/ops/Early.class",
                ClassFile.of()
                    .build(
                        ClassDesc.of("acme.ops.Early"),
                        type ->
                            type.withVersion(
                                ClassFile.JAVA_25_VERSION, ClassFile.PREVIEW_MINOR_VERSION))));
    assertFails(
        "P-409",
        "acme/ops/Odd.class is cut off",
        JarBuilder.right().file("acme/ops/Odd.class", "x"));
    assertFails(
        "P-409",
        "acme/ops/Odd.class is no class file",
        JarBuilder.right().file("acme/ops/Odd.class", "not a class"));
  }

  @Test
  void a_versioned_file_without_a_general_one_is_named() throws IOException {
    assertFails(
        "P-410",
        "META-INF/versions/24/acme/ops/New.class",
        JarBuilder.right().file("META-INF/versions/24/acme/ops/New.class", "x"));
    assertFails(
        "P-410",
        "META-INF/versions/24/module-info.class",
        JarBuilder.right().file("META-INF/versions/24/module-info.class", "x"));
    Path jar =
        JarBuilder.right().file("META-INF/versions/24/acme/ops/Functions.class", "x").jar(folder);
    assertEquals(Verdict.PASS, verdict(jar, "P-410"));
  }

  @Test
  void services_that_differ_between_the_paths_are_shown() throws IOException {
    assertFails(
        "P-411",
        "META-INF/services lists {}",
        JarBuilder.right().without("META-INF/services/" + JarBuilder.SERVICE));
    assertFails(
        "P-411",
        "acme.ops.Extra",
        JarBuilder.right()
            .file(
                "META-INF/services/" + JarBuilder.SERVICE,
                "acme.ops.Functions\nacme.ops.Extra # more\n"));
  }

  @Test
  void a_bundle_with_another_name_or_no_version_is_wrong() throws IOException {
    assertFails(
        "P-412",
        "the bundle acme-ops is the module acme.ops",
        JarBuilder.right().manifest("Bundle-SymbolicName", "acme-ops; singleton:=true"));
    assertFails(
        "P-412",
        "has the version '1.2.3-beta'",
        JarBuilder.right().manifest("Bundle-Version", "1.2.3-beta"));
    assertFails(
        "P-412",
        "lacks Bundle-ManifestVersion: 2",
        JarBuilder.right().withoutHeader("Bundle-ManifestVersion"));
  }

  @Test
  void a_bundle_without_capabilities_is_wrong() throws IOException {
    assertFails(
        "P-413",
        "Provide-Capability: osgi.serviceloader=" + JarBuilder.SERVICE,
        JarBuilder.right().withoutHeader("Provide-Capability"));
    assertFails(
        "P-413",
        "Require-Capability: osgi.extender=osgi.serviceloader.registrar",
        JarBuilder.right().withoutHeader("Require-Capability"));
  }

  @Test
  void a_jar_that_is_no_bundle_is_unsupported_in_osgi() throws IOException {
    Path jar = JarBuilder.right().withoutHeader("Bundle-SymbolicName").jar(folder);
    Verdict verdict =
        Verdict.unsupported(
            "acme-ops-1.2.3.jar is no OSGi bundle: its manifest has no Bundle-SymbolicName");
    assertEquals(verdict, verdict(jar, "P-412"));
    assertEquals(verdict, verdict(jar, "P-413"));
  }

  @Test
  void a_place_in_the_manifest_is_shown() throws IOException {
    for (String place :
        List.of("/home/ann/acme", "C:\\acme\\ops", "built in /srv/build, on 1", "file:///x")) {
      assertFails("P-414", "Built-At: " + place, JarBuilder.right().manifest("Built-At", place));
    }
    assertFails(
        "P-414", "Class-Path: helper.jar", JarBuilder.right().manifest("Class-Path", "helper.jar"));
  }

  @Test
  void an_address_or_a_date_in_the_manifest_is_no_place() throws IOException {
    Path jar =
        JarBuilder.right()
            .manifest("Bundle-DocURL", "https://acme.example/ops/help")
            .manifest("Build-Date", "2026/11/29")
            .jar(folder);
    assertEquals(Verdict.PASS, verdict(jar, "P-414"));
  }

  @Test
  void a_jar_without_a_licence_is_wrong() throws IOException {
    assertFails(
        "P-415",
        "has neither a file META-INF/LICENSE nor",
        JarBuilder.right().without("META-INF/LICENSE"));
    for (String name : List.of("LICENCE", "META-INF/LICENSE.txt", "license-apache.md")) {
      Path jar = JarBuilder.right().without("META-INF/LICENSE").file(name, "x").jar(folder);
      assertEquals(Verdict.PASS, verdict(jar, "P-415"), name);
    }
  }
}
