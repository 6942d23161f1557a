package fluxion.engine.spi;

/** A point in a device's queue of work. */
public interface Event {
  /** Waits until all work before this point is done. */
  void await();

  /** {@return whether all work before this point is done} */
  boolean isDone();
}
