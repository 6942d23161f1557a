package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.Settings;
import fluxion.conformance.suite.Trial;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A device that is judged. It is opened when the first case needs it, once for all of them. */
public final class BackendSubject {
  static final int THREADS = 4;

  private final BackendProvider provider;
  private final Device device;
  private final Settings settings;
  private @Nullable Backend backend;

  /** What a case does with the device. */
  @FunctionalInterface
  interface Use {
    /** Runs the case. */
    void run(Bench bench, Trial trial) throws Exception;
  }

  /** What a case does with the device for a dtype. */
  @FunctionalInterface
  interface TypedUse {
    /** Runs the case. */
    void run(Bench bench, DType dtype, Trial trial) throws Exception;
  }

  /**
   * Takes a device.
   *
   * @param provider offers it
   * @param device which it is
   * @param settings how the suite is run
   */
  public BackendSubject(BackendProvider provider, Device device, Settings settings) {
    this.provider = provider;
    this.device = device;
    this.settings = settings;
  }

  BackendProvider provider() {
    return provider;
  }

  Device device() {
    return device;
  }

  Settings settings() {
    return settings;
  }

  /** The device, opened. */
  synchronized Backend backend() {
    Backend known = backend;
    if (known == null) {
      known = open();
      backend = known;
    }
    return known;
  }

  /** The device, opened once more. */
  Backend open() {
    Backend opened = provider.open(device);
    if (opened == null) {
      throw new AssertionError(provider.name() + ": open(" + device + ") gave null");
    }
    opened.threads(THREADS);
    return opened;
  }

  /** Adds a case. */
  void add(Cases cases, String name, Use use) {
    cases.add(
        name,
        trial -> {
          try (Bench bench = new Bench(backend())) {
            trial.reproducer(bench::reproducer);
            use.run(bench, trial);
            bench.backend().synchronize();
          }
        });
  }

  /** Adds a case for each dtype; for those that the device lacks it is unsupported. */
  void each(Cases cases, Collection<DType> dtypes, TypedUse use) {
    each(cases, dtypes, "", use);
  }

  /** Adds a case for each dtype, with more words in its name. */
  void each(Cases cases, Collection<DType> dtypes, String words, TypedUse use) {
    for (DType dtype : dtypes) {
      add(
          cases,
          dtype.shortName() + words,
          (bench, trial) -> {
            bench.require(dtype);
            use.run(bench, dtype, trial);
          });
    }
  }
}
