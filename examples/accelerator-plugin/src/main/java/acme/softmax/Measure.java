package acme.softmax;

import fluxion.api.Autograd;
import fluxion.api.Fluxion;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.api.Selection;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/** Times softmax with this plugin and with the device's own kernel, in turns. */
public final class Measure {
  private static final String NAME = "accelerator:Softmax@cpu";
  private static final String OWN = "fluxion.backend.cpu";
  private static final String PLUGIN = "acme.softmax";
  private static final int[][] SHAPES = {{1, 10}, {64, 10}};
  private static final int TURNS = 9;
  private static final long TURN = 40_000_000;
  private static final long WARM_UP = 1_000_000_000;
  private static final int BATCH = 20;

  private Measure() {}

  /**
   * Prints who serves softmax on the processor, and the mean time of a call in the quickest turn.
   *
   * @param args none
   */
  public static void main(String[] args) {
    for (Selection selection : Plugins.selections()) {
      if (selection.kind() == Plugin.Kind.ACCELERATORS) {
        System.out.println(
            selection.name() + ": " + selection.module() + " (" + selection.reason() + ")");
      }
    }
    // one thread, so that its time is all there is
    Fluxion.threads(1);
    System.out.printf("%-10s %14s %14s %7s%n", "shape", OWN, PLUGIN, "gain");
    try (var _ = Autograd.noGrad()) {
      for (int[] shape : SHAPES) {
        Tensor x = Tensors.randn(shape[0], shape[1]);
        microseconds(OWN, x, WARM_UP);
        microseconds(PLUGIN, x, WARM_UP);
        double ownTime = Double.MAX_VALUE;
        double pluginTime = Double.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
          ownTime = Math.min(ownTime, microseconds(OWN, x, TURN));
          pluginTime = Math.min(pluginTime, microseconds(PLUGIN, x, TURN));
        }
        System.out.printf(
            Locale.ROOT,
            "%-10s %11.2f µs %11.2f µs %6.1f×%n",
            shape[0] + "×" + shape[1],
            ownTime,
            pluginTime,
            ownTime / pluginTime);
      }
    }
  }

  /** The mean time of a call with one module's kernel, of the processor and not of the clock. */
  private static double microseconds(String module, Tensor x, long nanoseconds) {
    Plugins.prefer(NAME, module);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    long now = begin;
    int calls = 0;
    while (now - begin < nanoseconds) {
      for (int i = 0; i < BATCH; i++) {
        Ops.call("softmax", x, -1);
      }
      calls += BATCH;
      now = threads.getCurrentThreadCpuTime();
    }
    return (now - begin) / 1e3 / calls;
  }
}
