package fluxion.engine.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to providers on a thread of its own, so that one that never answers stops neither
 * the program nor the questions to others. A thread that is stuck is left alone.
 */
final class Asking<T> {
  /** The system property that says how many milliseconds a provider may take. */
  static final String PATIENCE = "fluxion.plugins.patience";

  private static final long USUAL = 10_000;

  /** A thread that asks. What it runs must not look for plugins in turn. */
  private static final class Asker extends Thread {
    Asker(Runnable work) {
      super(null, work, "fluxion-plugins", 0, false);
      setDaemon(true);
    }
  }

  private final List<Question<T>> questions;
  private final List<Found<T>> answers = new ArrayList<>();
  private final long patience;

  /** Which question is being asked. */
  private int next;

  /** The thread whose answers count. */
  private @Nullable Thread asker;

  private @Nullable Throwable failure;

  private Asking(List<Question<T>> questions, long patience) {
    this.questions = questions;
    this.patience = patience;
  }

  /** The answers to some questions, in their order. */
  static <T> List<Found<T>> all(List<Question<T>> questions) {
    return questions.isEmpty()
        ? List.of()
        : new Asking<>(questions, Long.getLong(PATIENCE, USUAL)).run();
  }

  /** Whether the current thread is asking a provider. */
  static boolean isGoingOn() {
    return Thread.currentThread() instanceof Asker;
  }

  private synchronized List<Found<T>> run() {
    boolean interrupted = false;
    while (next < questions.size()) {
      Thread current = new Asker(this::ask);
      asker = current;
      current.start();
      int asked = next;
      long since = System.nanoTime();
      while (asker == current && next < questions.size()) {
        long left = patience - (System.nanoTime() - since) / 1_000_000;
        if (next != asked) {
          asked = next;
          since = System.nanoTime();
        } else if (left <= 0) {
          asker = null;
          answers.add(questions.get(next).silent().apply(current.getStackTrace()));
          next++;
          current.interrupt();
        } else {
          try {
            wait(left);
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
      rethrow(failure);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void ask() {
    Question<T> question = due(null, false);
    while (question != null) {
      try {
        question = due(question.interview().get(), true);
      } catch (RuntimeException | Error e) {
        fail(e);
        return;
      }
    }
  }

  /** Takes an answer and gives the next question; null if there is none for this thread. */
  private synchronized @Nullable Question<T> due(@Nullable Found<T> answer, boolean answered) {
    if (asker != Thread.currentThread()) {
      return null;
    }
    if (answered) {
      if (answer != null) {
        answers.add(answer);
      }
      next++;
    }
    if (next < questions.size()) {
      return questions.get(next);
    }
    notifyAll();
    return null;
  }

  private synchronized void fail(Throwable thrown) {
    if (asker == Thread.currentThread()) {
      asker = null;
      failure = thrown;
      notifyAll();
    }
  }
}
