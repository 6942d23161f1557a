package fluxion.benchmarks;

/** Keeps one core busy, for those who are measured in other processes. */
final class BusyCore implements AutoCloseable {
  private final Thread thread = new Thread(BusyCore::spin, "busy core");

  BusyCore() {
    thread.setDaemon(true);
    thread.start();
  }

  private static void spin() {
    double value = 1;
    while (!Thread.currentThread().isInterrupted()) {
      for (int i = 0; i < 100_000; i++) {
        value = Math.sqrt(value + i);
      }
    }
    if (Double.isNaN(value)) {
      throw new AssertionError("roots of positive numbers are numbers");
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
