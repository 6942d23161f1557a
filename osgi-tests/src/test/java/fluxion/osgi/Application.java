package fluxion.osgi;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.osgi.framework.Bundle;

/** An application in a bundle, which knows the API alone and calls operators by name. */
final class Application {
  static final String NAME = "acme.application";

  private final Method call;

  private Application(Method call) {
    this.call = call;
  }

  /** Installs the application and starts it. */
  static Application start(Container container, Bundles bundles) throws Exception {
    Bundle bundle = container.install(bundle(bundles));
    bundle.start();
    Class<?> main = bundle.loadClass(NAME + ".Main");
    return new Application(main.getMethod("call", String.class, double.class));
  }

  private static java.nio.file.Path bundle(Bundles bundles) throws IOException {
    return bundles.make(
        NAME,
        "1.0.0",
        Map.of(),
        """
        package acme.application;
        import fluxion.api.*;
        public final class Main {
          public static String call(String name, double x) {
            try {
              Tensor in = Tensors.tensor(x).requiresGrad_(true);
              Tensor out = Ops.call(name, in);
              out.backward();
              return out.item() + ", " + in.grad().item();
            } catch (FluxionException e) {
              return e.getMessage();
            }
          }
        }
        """);
  }

  /** The value of an operator and its derivative, or the message of the failure. */
  String call(String operator, double x) {
    try {
      return (String) call.invoke(null, operator, x);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
