package fluxion.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import fluxion.api.Device;
import fluxion.tests.support.ChildJvm;
import fluxion.tests.support.Modules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators on random shapes, strides and dtypes, forward and backward. */
class FastKernelsTest {
  private static final int SECONDS = 300;

  @TempDir Path folder;

  private static List<KernelCase> cases() {
    return KernelCase.all().stream().filter(tried -> !tried.large()).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void are_close_to_the_reference(KernelCase tried) {
    KernelHashes.compare(tried, 3);
  }

  @Test
  void by_winograd_are_close_to_the_reference() {
    ThreeByThree.cases().forEach(tried -> KernelHashes.compare(tried, 2));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void differ_from_those_of_other_operands(KernelCase tried) {
    KernelRun one = KernelRun.of(tried, Device.CPU, 1);
    KernelRun other = KernelRun.of(tried, Device.CPU, 2);
    assertNotEquals(one.hash(), other.hash());
    assertNotEquals("", one.difference(other));
  }

  private String hashes(List<String> options, String... arguments) {
    ChildJvm jvm = new ChildJvm(folder).seconds(SECONDS);
    Modules.all().forEach(jvm::with);
    jvm.option("-XX:+IgnoreUnrecognizedVMOptions").option("-XX:TieredStopAtLevel=4");
    options.forEach(jvm::option);
    ChildJvm.Result result = jvm.run("fluxion.tests/fluxion.tests.kernels.KernelHashes", arguments);
    assertEquals(0, result.exitCode(), options + ": " + result.err());
    return result.out();
  }

  /** Generated code serves from the first call on. */
  private String generated(String option) {
    return hashes(
        List.of("-Dfluxion.cpu.kernels=compiled", "-Dfluxion.threads=2", option),
        "8",
        "20",
        "reference");
  }

  @Test
  @Tag("full")
  void have_the_same_bits_at_every_vector_width_and_are_close_to_the_reference_at_each() {
    String widest = generated("-XX:UseAVX=3");
    assertEquals(widest, generated("-XX:UseAVX=2"));
    assertEquals(widest, generated("-XX:UseAVX=1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dfluxion.threads=1",
        "-Dfluxion.threads=3",
        "-Dfluxion.cpu.kernels=interpreted",
        "-XX:-TieredCompilation",
        "-XX:TieredStopAtLevel=1"
      })
  @Tag("full")
  void have_the_same_bits_on_any_number_of_threads_and_in_any_state_of_the_jit(String option) {
    String usual = hashes(List.of("-Dfluxion.threads=2"), "8", "10");
    assertEquals(usual, hashes(List.of(option), "8", "10"));
  }

  /** Without fused multiply-adds in hardware each of them takes microseconds. */
  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:UseAVX=0"})
  @Tag("full")
  void have_the_same_bits_without_a_compiler_and_without_fused_multiply_adds(String option) {
    assertEquals(hashes(List.of(), "1", "0", "small"), hashes(List.of(option), "1", "0", "small"));
  }
}
