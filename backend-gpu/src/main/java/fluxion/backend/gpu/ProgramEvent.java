package fluxion.backend.gpu;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A program that a device's compiler made, or that was kept on disk; for the Flight Recorder. */
@Name("fluxion.gpu.Program")
@Label("Program Compilation")
@Category({"Fluxion", "GPU"})
final class ProgramEvent extends Event {
  @Label("Device")
  String device = "";

  @Label("Kernel")
  String kernel = "";

  @Label("From Cache")
  boolean cached;

  @Label("Source")
  String source = "";

  /** {@return an event that begins now} */
  static ProgramEvent start() {
    ProgramEvent event = new ProgramEvent();
    event.begin();
    return event;
  }

  /** Ends the event. */
  void finish(Capabilities capabilities, String function, boolean fromCache, String text) {
    end();
    if (shouldCommit()) {
      device = capabilities.name();
      kernel = function;
      cached = fromCache;
      source = text;
      commit();
    }
  }
}
