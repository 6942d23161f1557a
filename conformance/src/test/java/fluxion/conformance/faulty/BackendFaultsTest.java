package fluxion.conformance.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.conformance.Suites;
import fluxion.conformance.Verdict;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** There are wrong devices for every chapter, and the right one passes every rule. */
final class BackendFaultsTest {
  private static final Settings QUICK = Settings.DEFAULT.withEffort(Settings.Effort.QUICK);

  @Test
  void the_gallery_has_wrong_devices_for_every_chapter_under_names_of_their_own() {
    List<Fault> faults = BackendFaults.all();
    Set<String> names = faults.stream().map(Fault::name).collect(Collectors.toSet());
    assertEquals(faults.size(), names.size());
    Set<String> chapters =
        faults.stream()
            .map(fault -> fault.rule().substring(0, 3))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals("[B-1, B-2, B-3, B-4, B-5, B-6, B-7, B-8]", chapters.toString());
    assertTrue(faults.size() >= 45, "there are " + faults.size());
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> the_reference_passes_every_rule_about_backends() {
    return Suites.of(new ReferenceBackendProvider(), QUICK.withRules("B-*")).stream()
        .map(
            check ->
                dynamicTest(
                    check.id(),
                    () -> {
                      Result result = new Runner(QUICK).run(check);
                      if (result.verdict().kind() == Verdict.Kind.FAIL) {
                        fail(result.verdict().reason());
                      }
                    }));
  }
}
