package fluxion.backend.gpu;

import fluxion.backend.gpu.opencl.Contexts;
import fluxion.engine.spi.Event;

/** A point in the queue: an event of OpenCL's, given back when it was seen to be done. */
final class QueueEvent implements Event {
  private final OpenDevice runtime;
  private final long event;
  private boolean done;

  QueueEvent(OpenDevice runtime, long event) {
    this.runtime = runtime;
    this.event = event;
  }

  @Override
  public void await() {
    synchronized (this) {
      if (!done) {
        done = true;
        runtime.stream().await(event);
      }
    }
    runtime.checks().collect();
  }

  @Override
  public synchronized boolean isDone() {
    if (!done && Contexts.isDone(event)) {
      done = true;
      Contexts.releaseEvent(event);
    }
    return done;
  }
}
