package fluxion.engine.profile;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A node of the graph that ran in a backward pass. */
@Name("fluxion.BackwardNode")
@Label("Backward Node")
@Category("Fluxion")
@StackTrace(false)
public final class BackwardNodeEvent extends Event {
  @Label("Node")
  String node = "";

  /** {@return an event that begins now} */
  public static BackwardNodeEvent start() {
    BackwardNodeEvent event = new BackwardNodeEvent();
    event.begin();
    return event;
  }

  /**
   * Ends the event.
   *
   * @param name the node's name
   */
  public void finish(String name) {
    end();
    if (shouldCommit()) {
      node = name;
      commit();
    }
  }
}
