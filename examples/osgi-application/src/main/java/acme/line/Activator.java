package acme.line;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;

/** Computes as soon as all bundles are started, and stops the container. */
public final class Activator implements BundleActivator {
  /** Made by the container. */
  public Activator() {}

  @Override
  public void start(BundleContext context) {
    context.addFrameworkListener(
        event -> {
          if (event.getType() == FrameworkEvent.STARTED) {
            run(context);
          }
        });
  }

  private static void run(BundleContext context) {
    try {
      System.out.println(Line.fit());
      context.getBundle(0).stop();
    } catch (RuntimeException | BundleException e) {
      System.err.println("the line could not be fitted: " + e.getMessage());
      System.exit(1);
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
