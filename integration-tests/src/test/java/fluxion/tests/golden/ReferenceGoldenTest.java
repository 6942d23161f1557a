package fluxion.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.engine.spi.Registration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The oracle itself gives what PyTorch gave. */
final class ReferenceGoldenTest {
  private static final List<GoldenCase> CASES = GoldenData.builtIn();

  /** In each build one case of so many is run. */
  private static final int STEP = 16;

  /** Where the recorded sum lost terms by rounding, and the reference does not. */
  private static final Set<String> MORE_EXACT = Set.of("sum.031");

  private static Registration registration;

  @BeforeAll
  static void hand_it_over() {
    registration = Registration.of(new ReferenceBackendProvider());
    assertEquals("", registration.refusal());
  }

  @AfterAll
  static void withdraw_it() {
    registration.close();
  }

  @TestFactory
  Stream<DynamicTest> the_reference_gives_what_PyTorch_gave_in_some_cases() {
    return tests(true);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> the_reference_gives_what_PyTorch_gave_in_all_other_cases() {
    return tests(false);
  }

  private static Stream<DynamicTest> tests(boolean some) {
    return IntStream.range(0, CASES.size())
        .filter(i -> (i % STEP == 0) == some)
        .mapToObj(CASES::get)
        .filter(one -> !MORE_EXACT.contains(one.id()))
        .map(
            one ->
                dynamicTest(
                    one.kind() + " " + one.id(),
                    () -> GoldenTest.run(one, ReferenceBackendProvider.DEVICE)));
  }
}
