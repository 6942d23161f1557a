package fluxion.conformance.plugin;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/** Chapter P-3xx: a provider answers each question, whoever asks. */
final class AnswerRules {
  private static final Device NO_SUCH = Device.of("no_such_device");
  private static final int THREADS = 8;
  private static final int MOST = 5;

  private AnswerRules() {}

  @TestOf("P-301")
  static void p301_each_question_is_answered(PluginSubject subject, Cases cases) {
    Candidate candidate = subject.candidate();
    cases.add("spiVersion()", trial -> ask(subject, "spiVersion()", candidate::spiVersion));
    cases.add("name()", trial -> ask(subject, "name()", candidate::name));
    cases.add(candidate.listing(), trial -> ask(subject, candidate.listing(), candidate::offers));
    if (candidate instanceof Candidate.Devices) {
      cases.add("unavailable()", trial -> ask(subject, "unavailable()", candidate::unavailable));
    }
  }

  private static void ask(PluginSubject subject, String method, Thrown.Question<?> question) {
    Thrown.answer(method + " of " + subject.name(), question);
  }

  @TestOf("P-302")
  static void p302_no_answer_is_null(PluginSubject subject, Cases cases) {
    Candidate candidate = subject.candidate();
    cases.add(
        candidate.listing(),
        trial -> {
          List<?> list = candidate.list();
          if (list == null) {
            throw new AssertionError(candidate.listing() + " of " + subject.name() + " gives null");
          }
          for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == null) {
              throw new AssertionError(
                  candidate.listing()
                      + " of "
                      + subject.name()
                      + " lists null at index "
                      + i
                      + " of "
                      + list.size());
            }
          }
        });
    cases.add("name()", trial -> assertSaid(subject, "name()", candidate.name()));
    if (candidate instanceof Candidate.Devices) {
      cases.add(
          "unavailable()", trial -> assertSaid(subject, "unavailable()", candidate.unavailable()));
    }
  }

  private static void assertSaid(PluginSubject subject, String method, @Nullable String answer) {
    if (answer == null) {
      throw new AssertionError(method + " of " + subject.name() + " gives null");
    }
  }

  @TestOf("P-303")
  static void p303_each_device_on_offer_can_be_opened(PluginSubject subject, Cases cases) {
    if (!(subject.candidate() instanceof Candidate.Devices devices)) {
      cases.notRun("the devices", subject.name() + " provides operators, not devices");
      return;
    }
    cases.add(
        "the devices",
        trial -> {
          List<Device> listed = devices.devices();
          if (listed.isEmpty()) {
            throw NotRun.because("there is no device: " + devices.unavailable());
          }
          for (Device device : listed) {
            String what = "open(" + device + ") of " + subject.name();
            Backend backend =
                Thrown.<@Nullable Backend>answer(what, () -> devices.provider().open(device));
            if (backend == null) {
              throw new AssertionError(what + " gives null; the device is listed by devices()");
            }
            backend.close();
          }
        });
  }

  @TestOf("P-304")
  static void p304_no_other_device_can_be_opened(PluginSubject subject, Cases cases) {
    if (!(subject.candidate() instanceof Candidate.Devices devices)) {
      cases.notRun("the devices", subject.name() + " provides operators, not devices");
      return;
    }
    cases.add(
        "open(" + NO_SUCH + ")",
        trial -> {
          try {
            Backend backend = devices.provider().open(NO_SUCH);
            if (backend != null) {
              backend.close();
            }
          } catch (DeviceException e) {
            if (String.valueOf(e.getMessage()).contains(NO_SUCH.type())) {
              return;
            }
            throw new AssertionError(
                "open("
                    + NO_SUCH
                    + ") of "
                    + subject.name()
                    + " fails without the device's name: "
                    + e.getMessage(),
                e);
          } catch (RuntimeException e) {
            throw new AssertionError(
                "open("
                    + NO_SUCH
                    + ") of "
                    + subject.name()
                    + " must throw a DeviceException; it threw "
                    + Thrown.describe(e),
                e);
          }
          throw new AssertionError(
              "open("
                  + NO_SUCH
                  + ") of "
                  + subject.name()
                  + " must throw a DeviceException, for devices() lists "
                  + devices.offers()
                  + "; it opened something");
        });
  }

  @TestOf("P-305")
  static void p305_each_operator_can_be_put_together(PluginSubject subject, Cases cases) {
    if (!(subject.candidate() instanceof Candidate.Operators operators)) {
      cases.notRun("the operators", subject.name() + " provides devices, not operators");
      return;
    }
    cases.add(
        "the operators",
        trial -> {
          List<String> wrong = new ArrayList<>();
          for (Object offer : Objects.requireNonNullElse(operators.list(), List.of())) {
            if (offer instanceof Operator operator) {
              try {
                if (operator.overloads().isEmpty()) {
                  wrong.add("'" + operator + "' has no overload");
                }
              } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                wrong.add("'" + operator + "' threw " + Thrown.describe(e));
              }
            }
          }
          if (!wrong.isEmpty()) {
            throw new AssertionError(
                wrong.size()
                    + " operators of "
                    + subject.name()
                    + " cannot be put together: "
                    + String.join("; ", wrong.subList(0, Math.min(wrong.size(), MOST))));
          }
        });
  }

  @TestOf("P-306")
  static void p306_many_threads_may_ask_at_once(PluginSubject subject, Cases cases) {
    Candidate candidate = subject.candidate();
    cases.add(
        THREADS + " threads",
        trial -> {
          List<String> expected = candidate.offers();
          ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
          CyclicBarrier start = new CyclicBarrier(THREADS);
          List<Thread> threads = new ArrayList<>();
          for (int i = 0; i < THREADS; i++) {
            threads.add(
                Thread.ofPlatform().daemon().start(asking(candidate, expected, start, wrong)));
          }
          for (Thread thread : threads) {
            thread.join();
          }
          if (!wrong.isEmpty()) {
            throw new AssertionError(
                candidate.listing()
                    + " of "
                    + subject.name()
                    + ", asked by "
                    + THREADS
                    + " threads at once, gave other answers than asked by one: "
                    + new TreeSet<>(wrong));
          }
        });
  }

  private static Runnable asking(
      Candidate candidate,
      List<String> expected,
      CyclicBarrier start,
      ConcurrentLinkedQueue<String> wrong) {
    return () -> {
      try {
        for (int i = 0; i < THREADS; i++) {
          start.await();
          List<String> found = candidate.offers();
          if (!found.equals(expected)) {
            wrong.add(found.size() + " names instead of " + expected.size());
          }
        }
      } catch (Exception | LinkageError | AssertionError e) {
        wrong.add(Thrown.describe(e));
        start.reset();
      }
    };
  }

  @TestOf("P-307")
  static void p307_a_plugin_never_ends_the_jvm(PluginSubject subject, Cases cases) {
    cases.add(
        "the classes that its provider reaches",
        trial -> {
          List<String> exits = Reach.of(subject).exits();
          if (!exits.isEmpty()) {
            throw new AssertionError(
                "a plugin must not end the JVM that it is a guest in; " + String.join("; ", exits));
          }
        });
  }
}
