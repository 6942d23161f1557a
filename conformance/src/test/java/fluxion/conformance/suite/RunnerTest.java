package fluxion.conformance.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.conformance.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of checks that pass, fail, cannot be tried or do not end. */
final class RunnerTest {
  private final Runner runner = new Runner(Settings.DEFAULT);

  private Verdict verdict(Body body) {
    return runner.run(Rules.check(body)).verdict();
  }

  private static Verdict verdict(Body body, String pattern, String reason) {
    Settings settings = Settings.DEFAULT.withExpectedFailures(Map.of(pattern, reason));
    return new Runner(settings).run(Rules.check(body)).verdict();
  }

  private static void wrong(Trial trial) {
    throw new AssertionError("expected 1, found 2");
  }

  private static void right(Trial trial) {}

  @Test
  void a_check_that_ends_passes() {
    assertSame(Verdict.PASS, verdict(RunnerTest::right));
  }

  @Test
  void a_pass_may_say_something() {
    assertEquals(
        new Verdict(Verdict.Kind.PASS, "7 inputs"), verdict(trial -> trial.remark("7 inputs")));
  }

  @Test
  void an_assertion_that_fails_is_said_in_its_own_words() {
    assertEquals(Verdict.fail("expected 1, found 2"), verdict(RunnerTest::wrong));
  }

  @Test
  void whatever_else_is_thrown_is_a_failure_with_its_place() {
    Verdict verdict =
        verdict(
            trial -> {
              throw new IllegalStateException("no licence");
            });
    assertEquals(Verdict.Kind.FAIL, verdict.kind());
    assertTrue(
        verdict
            .reason()
            .startsWith(
                "it threw java.lang.IllegalStateException: no licence at fluxion.conformance"),
        verdict.reason());
  }

  @Test
  void errors_of_the_jvm_are_failures_too() {
    for (Error error :
        List.of(
            new StackOverflowError(), new OutOfMemoryError("pretended"), new AssertionError())) {
      Verdict verdict =
          verdict(
              trial -> {
                throw error;
              });
      assertEquals(Verdict.Kind.FAIL, verdict.kind());
      assertTrue(
          verdict.reason().startsWith("it threw " + error.getClass().getName()), verdict::reason);
    }
  }

  @Test
  void what_is_not_supported_or_cannot_be_tried_is_no_pass() {
    assertEquals(
        Verdict.unsupported("no float16"),
        verdict(
            trial -> {
              throw NotRun.unsupported("no float16");
            }));
    assertEquals(
        Verdict.notRun("no second device"),
        verdict(
            trial -> {
              throw NotRun.because("no second device");
            }));
  }

  @Test
  void a_check_that_does_not_end_fails_with_the_place_where_it_was() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Runner hasty = new Runner(Settings.DEFAULT.withLimit(Duration.ofMillis(50)));
    Result result =
        hasty.run(
            Rules.check(
                trial -> {
                  trial.reproducer("wait();");
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                }));
    assertEquals(Verdict.Kind.FAIL, result.verdict().kind());
    String reason = result.verdict().reason();
    assertTrue(reason.startsWith("it did not end within 0.05 s; it was"), reason);
    assertTrue(reason.contains("\n  at ") && reason.contains("RunnerTest"), reason);
    assertTrue(reason.lines().count() <= 14, reason);
    assertEquals("wait();", result.reproducer());
    assertTrue(result.took().toMillis() >= 50, result.took()::toString);
    // it was asked to stop
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void a_check_that_cannot_be_stopped_does_not_stop_the_others() {
    CountDownLatch end = new CountDownLatch(1);
    Runner hasty = new Runner(Settings.DEFAULT.withLimit(Duration.ofMillis(50)));
    Result result =
        hasty.run(
            Rules.check(
                trial -> {
                  while (end.getCount() > 0) {
                    Thread.onSpinWait();
                  }
                }));
    assertEquals(Verdict.Kind.FAIL, result.verdict().kind());
    assertSame(Verdict.PASS, verdict(RunnerTest::right));
    end.countDown();
  }

  @Test
  void a_thread_on_which_a_check_failed_or_left_something_behind_serves_no_other() {
    List<Body> bodies =
        List.of(
            RunnerTest::wrong,
            trial -> Autograd.setGradEnabled(false),
            trial -> Thread.currentThread().interrupt());
    for (Body body : bodies) {
      List<Thread> threads = new ArrayList<>();
      verdict(
          trial -> {
            threads.add(Thread.currentThread());
            body.run(trial);
          });
      for (int i = 0; i < 3; i++) {
        assertSame(
            Verdict.PASS,
            verdict(
                trial -> {
                  assertNotSame(threads.getFirst(), Thread.currentThread());
                  assertTrue(Autograd.isGradEnabled());
                }));
      }
    }
  }

  // ---- what is known to fail

  @Test
  void what_is_known_to_fail_and_fails_is_an_expected_failure() {
    Verdict verdict = verdict(RunnerTest::wrong, "B-101*", "driver 5");
    assertEquals(Verdict.expectedFailure("driver 5 (expected 1, found 2)"), verdict);
  }

  @Test
  void what_is_known_to_fail_and_passes_is_a_failure() {
    Verdict verdict = verdict(RunnerTest::right, "B-101 cpu: float*", "driver 5");
    assertEquals(
        Verdict.fail(
            "it passes, but is listed as an expected failure (driver 5); take it off the list"),
        verdict);
  }

  @Test
  void other_checks_are_not_excused() {
    assertEquals(Verdict.Kind.FAIL, verdict(RunnerTest::wrong, "B-101 gpu: *", "driver 5").kind());
  }

  @Test
  void what_is_known_to_fail_and_cannot_be_tried_stays_so() {
    Body body =
        trial -> {
          throw NotRun.because("no second device");
        };
    assertEquals(Verdict.notRun("no second device"), verdict(body, "*", "driver 5"));
  }

  // ---- what is measured

  @Test
  void measured_errors_are_kept_and_a_reproducer_only_of_a_failure() {
    Body measuring =
        trial -> {
          trial.error("exp", DType.FLOAT32, 0.75);
          trial.reproducer("System.out.println(1);");
        };
    Result passed = runner.run(Rules.check(measuring));
    assertEquals(
        List.of(new Trial.Measured("exp", DType.FLOAT32, 0.75, Double.NaN)), passed.errors());
    assertEquals("", passed.reproducer());
    Result failed =
        runner.run(
            Rules.check(
                trial -> {
                  measuring.run(trial);
                  wrong(trial);
                }));
    assertEquals("System.out.println(1);", failed.reproducer());
    assertEquals(1, failed.errors().size());
    assertFalse(failed.took().isNegative());
  }

  @Test
  void random_numbers_follow_from_the_seed_and_the_check() {
    Check one = Rules.check(RunnerTest::right);
    Check other = new Check(Rules.FRESH, "cpu", "float64", RunnerTest::right);
    long drawn = new Trial(one, Settings.DEFAULT).random().nextLong();
    assertEquals(drawn, new Trial(one, Settings.DEFAULT).random().nextLong());
    assertNotEquals(drawn, new Trial(other, Settings.DEFAULT).random().nextLong());
    assertNotEquals(drawn, new Trial(one, Settings.DEFAULT.withSeed(1)).random().nextLong());
  }
}
