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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lock files and signatures: which jars of a directory may be loaded. */
final class TrustTest {
  private static final String ONLY = "fluxion.plugins.only";
  private static final String SIGNERS = "fluxion.plugins.signers";
  private static final String LOCK = "fluxion.plugins.lock";

  @TempDir Path folder;
  private Path directory;
  private Path good;
  private Path other;

  @BeforeEach
  void put_two_plugins_there() throws IOException {
    directory = Files.createDirectory(folder.resolve("plugins"));
    Workshop workshop = new Workshop(Files.createDirectory(folder.resolve("classes")));
    good =
        Jar.of(workshop.make(Workshop.scaling("acme.good", "acme_triple", 3)))
            .write(directory.resolve("good.jar"));
    other =
        Jar.of(workshop.make(Workshop.scaling("acme.other", "acme_double", 2)))
            .write(directory.resolve("other.jar"));
  }

  @AfterEach
  void ask_for_nothing_again() {
    List.of(ONLY, SIGNERS, LOCK).forEach(System::clearProperty);
  }

  private static String line(Path jar) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
    return HexFormat.of().formatHex(digest) + "  " + jar.getFileName() + "\n";
  }

  private Path lock(String text) throws IOException {
    return Files.writeString(directory.resolve("fluxion.lock"), text);
  }

  private static void change(Path jar) throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    // the time of the first entry
    bytes[10] ^= 1;
    Files.write(jar, bytes);
  }

  private String refusalOf(String jar) {
    try (LoadedPlugins plugins = Plugins.load(directory)) {
      return plugins.list().stream()
          .filter(plugin -> plugin.kind() == Plugin.Kind.JAR && plugin.name().equals(jar))
          .map(Plugin::refusal)
          .findFirst()
          .orElse("");
    }
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  // ---- lock files

  @Test
  void jars_that_are_as_the_lock_file_says_are_loaded() throws Exception {
    lock("# a comment\n" + line(good) + "\n" + line(other));
    try (LoadedPlugins plugins = Plugins.load(directory)) {
      assertTrue(plugins.list().stream().allMatch(Plugin::isFullyUsable));
      assertEquals(6.0, Ops.call("acme_triple", Tensors.tensor(2.0)).item());
    }
  }

  @Test
  void a_changed_jar_is_refused_by_name_and_the_others_work() throws Exception {
    String lines = line(good) + line(other);
    lock(lines);
    change(good);
    String refusal = refusalOf("good.jar");
    assertTrue(
        refusal.startsWith(
            "good.jar has changed since "
                + directory.resolve("fluxion.lock")
                + " was written: its SHA-256 is "
                + line(good).substring(0, 64)
                + " and was "
                + lines.substring(0, 64)
                + "; put the former jar back, or, if the change is meant, write the lock file"),
        refusal);
    try (LoadedPlugins plugins = Plugins.load(directory)) {
      assertEquals(2, plugins.list().size());
      assertEquals(4.0, Ops.call("acme_double", Tensors.tensor(2.0)).item());
    }
  }

  @Test
  void a_jar_that_came_after_the_lock_file_is_refused_and_one_that_went_is_missed()
      throws Exception {
    lock(line(good) + "0".repeat(64) + "  gone.jar\n");
    assertContains(
        "other.jar is not in " + directory.resolve("fluxion.lock"), refusalOf("other.jar"));
    assertContains("gone.jar stands in ", refusalOf("gone.jar"));
    assertEquals("", refusalOf("good.jar"));
  }

  @Test
  void a_lock_file_that_is_none_keeps_everything_out() throws Exception {
    Path file = lock(line(good) + "something else\n");
    PluginException e = assertThrows(PluginException.class, () -> Plugins.load(directory));
    assertEquals(
        file
            + ", line 2: expected a SHA-256, two spaces and the name of a jar, each jar once; got"
            + " 'something else'",
        e.getMessage());
    lock(line(good) + line(good));
    assertThrows(PluginException.class, () -> Plugins.load(directory));
  }

  @Test
  void a_program_may_insist_on_a_lock_file_and_say_where_it_lies() throws Exception {
    System.setProperty(ONLY, "locked");
    assertContains("-Dfluxion.plugins.only asks for a lock file", refusalOf("good.jar"));
    System.setProperty(LOCK, Files.writeString(folder.resolve("l"), line(good)).toString());
    assertEquals("", refusalOf("good.jar"));
    assertContains("other.jar is not in " + folder.resolve("l"), refusalOf("other.jar"));
    System.setProperty(ONLY, "sealed");
    PluginException e = assertThrows(PluginException.class, () -> Plugins.load(directory));
    assertEquals(
        "-Dfluxion.plugins.only=sealed: expected locked, signed, or locked,signed for jars that are"
            + " either",
        e.getMessage());
  }

  @Test
  void a_folder_of_classes_can_be_neither_locked_nor_signed() throws Exception {
    new Workshop(directory).make(Workshop.scaling("acme.classes", "acme_same", 1));
    lock(line(good) + line(other));
    assertContains("is a folder of classes", refusalOf("acme.classes"));
  }

  // ---- signatures

  private static void tool(String name, String... arguments) throws Exception {
    List<String> call =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", name).toString(),
                "-J-XX:TieredStopAtLevel=1"));
    call.addAll(List.of(arguments));
    Process process = new ProcessBuilder(call).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  @Test
  void signed_jars_are_loaded_if_who_signed_them_is_trusted() throws Exception {
    String keys = folder.resolve("keys.p12").toString();
    String password = "changeit";
    tool(
        "keytool",
        "-genkeypair",
        "-keystore",
        keys,
        "-storepass",
        password,
        "-alias",
        "acme",
        "-keyalg",
        "EC",
        "-dname",
        "CN=Acme",
        "-validity",
        "30");
    tool("jarsigner", "-keystore", keys, "-storepass", password, good.toString(), "acme");
    System.setProperty(ONLY, "signed");
    // nobody that the JDK trusts has signed it
    assertContains("good.jar is signed by CN=Acme, who is not trusted", refusalOf("good.jar"));
    System.setProperty(SIGNERS, keys);
    PluginException e = assertThrows(PluginException.class, () -> Plugins.load(directory));
    assertContains("has no certificate that can be read without a password", e.getMessage());

    Path certificate = folder.resolve("acme.cer");
    Path trusted = folder.resolve("trusted.p12");
    tool(
        "keytool",
        "-exportcert",
        "-keystore",
        keys,
        "-storepass",
        password,
        "-alias",
        "acme",
        "-file",
        certificate.toString());
    tool(
        "keytool",
        "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE",
        "-J-Dkeystore.pkcs12.macAlgorithm=NONE",
        "-importcert",
        "-noprompt",
        "-keystore",
        trusted.toString(),
        "-storepass",
        password,
        "-alias",
        "acme",
        "-file",
        certificate.toString());
    System.setProperty(SIGNERS, trusted.toString());
    assertEquals("", refusalOf("good.jar"));
    assertContains("other.jar is not signed", refusalOf("other.jar"));
    // either will do
    System.setProperty(ONLY, "locked,signed");
    lock(line(other));
    assertEquals("", refusalOf("good.jar"));
    assertEquals("", refusalOf("other.jar"));

    // a class is exchanged, and its signature stays
    Jar changed = Jar.empty();
    try (var jar = java.nio.file.FileSystems.newFileSystem(good);
        var files = Files.walk(jar.getPath("/"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        changed.with(file.toString().substring(1), Files.readAllBytes(file));
      }
    }
    changed
        .change(
            "acme/good/Functions.class", bytes -> java.util.Arrays.copyOf(bytes, bytes.length + 1))
        .write(good);
    assertContains("good.jar was changed after it was signed", refusalOf("good.jar"));
  }
}
