package fluxion.backend.cpu;

import fluxion.engine.spi.Kernel;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A kernel of which code was generated, or whose code was tried; for the Flight Recorder. */
@Name("fluxion.cpu.Kernel")
@Label("Kernel Compilation")
@Category({"Fluxion", "CPU"})
@Description("The time that the compiling thread spent on a kernel: its code, then trials of it")
@StackTrace(false)
final class KernelEvent extends Event {
  @Label("Kernel")
  String kernel = "";

  @Label("In Use")
  @Description("Whether the code runs in the interpreter's place from now on")
  boolean inUse;

  /** {@return an event that begins now} */
  static KernelEvent start() {
    KernelEvent event = new KernelEvent();
    event.begin();
    return event;
  }

  /** Ends the event. */
  void finish(Kernel what, boolean used) {
    end();
    if (shouldCommit()) {
      kernel = what.toString();
      inUse = used;
      commit();
    }
  }
}
