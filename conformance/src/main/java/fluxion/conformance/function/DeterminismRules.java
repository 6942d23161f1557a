package fluxion.conformance.function;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The same bits every time, on every thread. */
final class DeterminismRules {
  private static final int THREADS = 8;

  private DeterminismRules() {}

  @TestOf("F-401")
  static void f401_the_same_call_gives_the_same_bits(OperatorSubject subject, Cases cases) {
    int times = cases.settings().isQuick() ? 3 : 10;
    subject.each(
        cases,
        times + " times",
        (session, sample) -> {
          Gradients.Orders once = Gradients.Orders.of(session, sample, Session.copies(sample));
          for (int time = 2; time <= times; time++) {
            once.requireSame(
                Gradients.Orders.of(session, sample, Session.copies(sample)),
                "in call " + time + " on equal inputs");
          }
        });
  }

  @TestOf("F-402")
  static void f402_eight_threads_at_once_get_the_same_bits(OperatorSubject subject, Cases cases) {
    if (subject.isTriedBriefly()) {
      return; // threads take their time
    }
    int rounds = cases.settings().isQuick() ? 2 : 20;
    subject.each(
        cases,
        rounds + " rounds",
        (session, sample) -> {
          if (cases.settings().isQuick() && sample != session.samples().getFirst()) {
            return; // threads take their time
          }
          List<Tensor> inputs = Session.copies(sample);
          Gradients.Orders alone = Gradients.Orders.of(session, sample, inputs);
          atOnce(
              () -> {
                for (int round = 0; round < rounds; round++) {
                  alone.requireSame(
                      Gradients.Orders.of(session, sample, inputs),
                      "when " + THREADS + " threads call it at once");
                  alone.requireSame(
                      Gradients.Orders.of(session, sample, Session.copies(sample)),
                      "when " + THREADS + " threads call it at once on inputs of their own");
                }
              });
        });
  }

  /** Runs a program on several threads that start together; throws what the first throws. */
  private static void atOnce(Runnable program) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(THREADS);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    start.countDown();
                    try {
                      start.await();
                      program.run();
                    } catch (Throwable e) {
                      thrown.compareAndSet(null, e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    rethrow(thrown.get());
  }

  private static void rethrow(@Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case AssertionError wrong -> throw wrong;
      default -> throw new AssertionError("a thread threw " + Refusal.described(thrown), thrown);
    }
  }

  @TestOf("F-403")
  static void f403_a_backward_pass_may_run_on_another_thread(OperatorSubject subject, Cases cases) {
    if (!subject.operator().isDifferentiable()) {
      return;
    }
    subject.each(
        cases,
        "gradients",
        (session, sample) -> {
          List<Tensor> inputs = Session.copies(sample);
          List<@Nullable Tensor> here = Gradients.of(inputs, session.call(sample, inputs));
          List<Tensor> results = session.call(sample, inputs);
          AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
          Thread thread =
              Thread.ofPlatform()
                  .daemon()
                  .start(
                      () -> {
                        try {
                          Gradients.requireSame(
                              "gradient",
                              here,
                              Gradients.of(inputs, results),
                              "when another thread runs the backward pass");
                        } catch (Throwable e) {
                          thrown.set(e);
                        }
                      });
          thread.join();
          rethrow(thrown.get());
        });
  }

  @TestOf("F-404")
  static void f404_the_random_generator_is_left_alone(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "the state of the generator",
        (session, sample) -> {
          byte[] before = Tensors.rngState();
          Gradients.Orders.of(session, sample, Session.copies(sample));
          if (!Arrays.equals(before, Tensors.rngState())) {
            throw new AssertionError(
                "it drew random numbers from the generator, whose next numbers are now others");
          }
        });
  }

  @TestOf("F-405")
  static void f405_recording_is_left_as_it_was(OperatorSubject subject, Cases cases) {
    subject.each(
        cases,
        "on and off",
        (session, sample) -> {
          for (boolean recording : new boolean[] {true, false}) {
            try (var _ = Autograd.setGradEnabled(recording)) {
              session.call(sample, Session.copies(sample));
              if (Autograd.isGradEnabled() != recording) {
                throw new AssertionError("a call switched recording " + (recording ? "off" : "on"));
              }
            }
          }
        });
  }
}
