package fluxion.engine.profile;

import fluxion.api.Tensor;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;
import java.util.StringJoiner;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A function that was applied: an operator, or a part of one that is put together from several. */
@Name("fluxion.Function")
@Label("Function")
@Category("Fluxion")
@Description("The time that the calling thread spent in a function; a device may still compute")
public final class FunctionEvent extends Event {
  @Label("Function")
  String function = "";

  @Label("Device")
  String device = "";

  @Label("Results")
  @Description("The dtypes and shapes of the results")
  String results = "";

  @Label("Recorded")
  @Description("Whether a gradient can be taken through it")
  boolean recorded;

  /** {@return an event that begins now} */
  public static FunctionEvent start() {
    FunctionEvent event = new FunctionEvent();
    event.begin();
    return event;
  }

  /**
   * Ends the event.
   *
   * @param name the name of the function's node in the graph
   * @param outputs its results
   */
  public void finish(String name, Tensor... outputs) {
    end();
    if (!shouldCommit()) {
      return;
    }
    int end = name.lastIndexOf("Backward");
    function = end > 0 ? name.substring(0, end) : name;
    StringJoiner text = new StringJoiner(", ");
    for (Tensor output : outputs) {
      text.add(output.dtype().shortName() + output.shape());
      recorded |= output.requiresGrad();
    }
    results = text.toString();
    if (outputs.length > 0) {
      OpenDevice open = TensorImpl.of(outputs[0]).storage().device();
      device = open.device().toString();
      DeviceMemoryEvent.watch(open);
    }
    commit();
  }
}
