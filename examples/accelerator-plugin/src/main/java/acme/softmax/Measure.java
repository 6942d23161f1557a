package acme.softmax;

import fluxion.api.Autograd;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.api.Selection;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.Locale;

/** Times softmax with this plugin and with the device's own kernel, in turns. */
public final class Measure {
  private static final String NAME = "accelerator:Softmax@cpu";
  private static final String OWN = "fluxion.backend.cpu";
  private static final String PLUGIN = "acme.softmax";
  private static final int[][] SHAPES = {{1, 10}, {64, 10}, {1024, 10}, {256, 100}};
  private static final int TURNS = 9;
  private static final long TURN = 40_000_000;

  private Measure() {}

  /**
   * Prints who serves softmax on the processor, and the median times of a call.
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
    System.out.printf("%-10s %14s %14s %7s%n", "shape", OWN, PLUGIN, "gain");
    try (var _ = Autograd.noGrad()) {
      for (int[] shape : SHAPES) {
        Tensor x = Tensors.randn(shape[0], shape[1]);
        double[] own = new double[TURNS];
        double[] plugin = new double[TURNS];
        // the first turns warm up
        for (int turn = -TURNS; turn < TURNS; turn++) {
          own[Math.max(turn, 0)] = microseconds(OWN, x);
          plugin[Math.max(turn, 0)] = microseconds(PLUGIN, x);
        }
        double ownTime = median(own);
        double pluginTime = median(plugin);
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

  private static double microseconds(String module, Tensor x) {
    Plugins.prefer(NAME, module);
    long begin = System.nanoTime();
    long now = begin;
    int calls = 0;
    while (now - begin < TURN) {
      Ops.call("softmax", x, -1);
      calls++;
      now = System.nanoTime();
    }
    return (now - begin) / 1e3 / calls;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
