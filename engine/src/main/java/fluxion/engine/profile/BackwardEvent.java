package fluxion.engine.profile;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A backward pass. */
@Name("fluxion.Backward")
@Label("Backward Pass")
@Category("Fluxion")
public final class BackwardEvent extends Event {
  @Label("Nodes")
  int nodes;

  @Label("Recorded")
  boolean recorded;

  /** {@return an event that begins now} */
  public static BackwardEvent start() {
    BackwardEvent event = new BackwardEvent();
    event.begin();
    return event;
  }

  /**
   * Ends the event.
   *
   * @param count how many nodes of the graph were reached
   * @param createGraph whether the pass itself was recorded
   */
  public void finish(int count, boolean createGraph) {
    end();
    if (shouldCommit()) {
      nodes = count;
      recorded = createGraph;
      commit();
    }
  }
}
