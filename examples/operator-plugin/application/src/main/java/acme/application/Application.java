package acme.application;

import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.io.PrintStream;
import java.util.List;

/** Calls operators by the names that it is given, and prints their values and gradients. */
public final class Application {
  private Application() {}

  /**
   * Runs the application.
   *
   * @param names names of operators of one tensor
   */
  public static void main(String[] names) {
    System.exit(run(List.of(names), System.out, System.err));
  }

  static int run(List<String> names, PrintStream out, PrintStream err) {
    try {
      for (String name : names) {
        Tensor x = Tensors.tensor(-1f, 0f, 2f).requiresGrad_(true);
        Tensor y = Ops.call(name, x);
        y.backward(Tensors.tensor(1f, 1f, 1f));
        out.println(name);
        out.println("  value    " + y);
        out.println("  gradient " + x.grad());
      }
      return 0;
    } catch (FluxionException e) {
      err.println(e.getMessage());
      return 1;
    }
  }
}
