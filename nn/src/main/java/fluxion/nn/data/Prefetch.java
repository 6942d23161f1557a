package fluxion.nn.data;

import fluxion.api.FluxionException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The batches of an epoch, made ahead on virtual threads. The window of batches that may wait moves
 * on with the reader; a thread takes one batch of it after the other and ends when none is left. No
 * thread ever waits for the reader, so that one who goes away leaves none behind.
 */
final class Prefetch implements Iterator<Batch> {
  private record Task(int number, CompletableFuture<Batch> batch) {}

  private final Assembly assembly;
  private final int count;
  private final int workers;
  private final int window;

  // ---- guarded by this

  /** The batches of the window, in their order. */
  private final Queue<CompletableFuture<Batch>> ahead = new ArrayDeque<>();

  /** Those of them that nobody has begun. */
  private final Queue<Task> tasks = new ArrayDeque<>();

  private final Set<Thread> threads = new HashSet<>();
  private int next;
  private boolean closed;

  /**
   * Prepares to make batches.
   *
   * @param assembly makes them
   * @param from the number of the first
   * @param count the number behind the last
   * @param workers the most threads
   * @param window the most batches that wait or are being made
   */
  Prefetch(Assembly assembly, int from, int count, int workers, int window) {
    this.assembly = assembly;
    this.next = from;
    this.count = count;
    this.workers = workers;
    this.window = window;
  }

  /** Fills the window, and starts as many threads as there is work for. */
  synchronized void start() {
    while (!closed && next < count && ahead.size() < window) {
      CompletableFuture<Batch> batch = new CompletableFuture<>();
      ahead.add(batch);
      tasks.add(new Task(next++, batch));
    }
    for (int i = tasks.size(); i > 0 && threads.size() < workers; i--) {
      Thread thread = Thread.ofVirtual().name("fluxion-data").unstarted(this::work);
      threads.add(thread);
      thread.start();
    }
  }

  private void work() {
    for (Task task = take(); task != null; task = take()) {
      try {
        task.batch().complete(assembly.batch(task.number()));
      } catch (Throwable e) {
        // whatever it is, it is the reader's
        task.batch().completeExceptionally(e);
      }
    }
  }

  /** The next task, or null for a thread that is to end. */
  private synchronized @Nullable Task take() {
    Task task = tasks.poll();
    if (task == null) {
      threads.remove(Thread.currentThread());
    }
    return task;
  }

  @Override
  public synchronized boolean hasNext() {
    return !ahead.isEmpty();
  }

  @Override
  public Batch next() {
    CompletableFuture<Batch> batch = first();
    try {
      return batch.join();
    } catch (CompletionException e) {
      throw rethrown(e);
    } finally {
      moveOn();
    }
  }

  private synchronized CompletableFuture<Batch> first() {
    CompletableFuture<Batch> batch = ahead.peek();
    if (batch == null) {
      throw new NoSuchElementException("the epoch has no batch left");
    }
    return batch;
  }

  private synchronized void moveOn() {
    ahead.poll();
    start();
  }

  private static RuntimeException rethrown(CompletionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : e;
  }

  /** Stops the threads, and waits until they have ended. */
  void close() {
    Set<Thread> running;
    synchronized (this) {
      closed = true;
      assembly.stop();
      tasks.forEach(
          task ->
              task.batch().completeExceptionally(new FluxionException("the loader was closed")));
      tasks.clear();
      ahead.clear();
      running = new HashSet<>(threads);
    }
    boolean interrupted = false;
    for (Thread thread : running) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
