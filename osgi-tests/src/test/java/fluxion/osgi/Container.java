package fluxion.osgi;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A running OSGi framework. */
final class Container implements AutoCloseable {
  private static final Path JARS = Path.of(System.getProperty("osgi.jars"));
  private static final long STOP_MILLIS = 10_000;

  /** Held, so that its level stays: the mediator tells of every provider. */
  private static final Logger MEDIATOR = Logger.getLogger("org.apache.aries.spifly");

  static {
    MEDIATOR.setLevel(Level.WARNING);
  }

  /** Which framework, and whether a service-loader mediator runs in it. */
  enum Kind {
    FELIX("org.apache.felix.framework", false),
    FELIX_WITH_SPI_FLY("org.apache.felix.framework", true),
    EQUINOX("org.eclipse.osgi", false),
    EQUINOX_WITH_SPI_FLY("org.eclipse.osgi", true);

    private final String jar;
    private final boolean mediated;

    Kind(String jar, boolean mediated) {
      this.jar = jar;
      this.mediated = mediated;
    }
  }

  private final Framework framework;
  private final Map<String, Bundle> bundles = new HashMap<>();

  private Container(Framework framework) {
    this.framework = framework;
  }

  /** Starts a framework, in which there is nothing but the mediator if it is asked for. */
  static Container start(Kind kind, Path storage) throws Exception {
    // each framework from a loader of its own: both bring copies of OSGi's packages
    URL jar = JARS.resolve("containers").resolve(kind.jar + ".jar").toUri().toURL();
    URLClassLoader loader = new URLClassLoader(new URL[] {jar}, Container.class.getClassLoader());
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class, loader)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    Constants.FRAMEWORK_STORAGE_CLEAN,
                    Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    "jdk.incubator.vector"));
    framework.start();
    Container container = new Container(framework);
    if (kind.mediated) {
      List<Path> mediator;
      try (Stream<Path> files = Files.list(JARS.resolve("mediator"))) {
        mediator = files.sorted().toList();
      }
      for (Path file : mediator) {
        container.install(file);
      }
      for (Bundle bundle : List.copyOf(container.bundles.values())) {
        bundle.start();
      }
    }
    return container;
  }

  /** Where a jar of Fluxion lies, by its artifact's name. */
  static Path jar(String artifact) {
    return JARS.resolve("fluxion").resolve(artifact + ".jar");
  }

  /** Installs jars of Fluxion, by their artifacts' names, and starts none. */
  Container with(String... artifacts) throws BundleException {
    for (String artifact : artifacts) {
      install(jar(artifact));
    }
    return this;
  }

  /** Installs a bundle. */
  Bundle install(Path file) throws BundleException {
    Bundle bundle = framework.getBundleContext().installBundle(file.toUri().toString());
    bundles.put(bundle.getSymbolicName(), bundle);
    return bundle;
  }

  /** A bundle by its symbolic name. */
  Bundle bundle(String name) {
    Bundle bundle = bundles.get(name);
    if (bundle == null) {
      throw new AssertionError("no bundle " + name + " among " + bundles.keySet());
    }
    return bundle;
  }

  /** Starts bundles, in this order. */
  void start(String... names) throws BundleException {
    for (String name : names) {
      bundle(name).start();
    }
  }

  /** Stops a bundle. */
  void stop(String name) throws BundleException {
    bundle(name).stop();
  }

  /** Exchanges a bundle for another version of itself. */
  void update(String name, Path file) throws BundleException, IOException {
    try (var in = Files.newInputStream(file)) {
      bundle(name).update(in);
    }
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(STOP_MILLIS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    // the loader stays open: Equinox loads classes until the JVM ends
  }
}
