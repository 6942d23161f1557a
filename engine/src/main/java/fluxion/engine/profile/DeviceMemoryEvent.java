package fluxion.engine.profile;

import fluxion.api.MemoryStatistics;
import fluxion.engine.tape.OpenDevice;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** The memory of a device that functions were applied on, now and then. */
@Name("fluxion.DeviceMemory")
@Label("Device Memory")
@Category("Fluxion")
@Description("What a device has handed out since the start of the process")
@Period("1 s")
@StackTrace(false)
public final class DeviceMemoryEvent extends Event {
  private static final Set<OpenDevice> WATCHED = ConcurrentHashMap.newKeySet();

  static {
    FlightRecorder.addPeriodicEvent(DeviceMemoryEvent.class, DeviceMemoryEvent::emit);
  }

  @Label("Device")
  String device = "";

  @Label("Allocations")
  long allocations;

  @Label("Allocated")
  @DataAmount
  long allocatedBytes;

  @Label("Reused")
  long reused;

  @Label("Reused Bytes")
  @DataAmount
  long reusedBytes;

  @Label("Live")
  @Description("-1 where the garbage collector frees memory, too")
  long liveBytes;

  @Label("Cached")
  @DataAmount
  long cachedBytes;

  /** Has a device's memory told from now on. */
  static void watch(OpenDevice device) {
    WATCHED.add(device);
  }

  private static void emit() {
    for (OpenDevice open : WATCHED) {
      MemoryStatistics memory = open.backend().memory();
      DeviceMemoryEvent event = new DeviceMemoryEvent();
      event.device = open.device().toString();
      event.allocations = memory.allocations();
      event.allocatedBytes = memory.allocatedBytes();
      event.reused = memory.reused();
      event.reusedBytes = memory.reusedBytes();
      event.liveBytes = memory.liveBytes();
      event.cachedBytes = memory.cachedBytes();
      event.commit();
    }
  }
}
