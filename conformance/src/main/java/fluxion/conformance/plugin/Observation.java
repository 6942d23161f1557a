package fluxion.conformance.plugin;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What was seen while one more provider was made and asked, on a thread of its own.
 *
 * @param printed what it printed
 * @param threads the names of the threads that it left running
 * @param changes what it changed of the JVM's and the engine's state
 * @param allocations how many pieces of memory were taken from the device {@code cpu} meanwhile; −1
 *     if there is no such device
 * @param took how long it took
 */
record Observation(
    String printed, List<String> threads, List<String> changes, long allocations, Duration took) {

  private static final int MOST_THREADS = 64;

  /** One seen on the maker's own thread. */
  private record Seen(List<String> changes, long allocations, Duration took) {}

  /**
   * Makes and asks one more provider.
   *
   * @throws AssertionError if that fails
   */
  static Observation of(PluginSubject subject) throws InterruptedException {
    ThreadGroup group = new ThreadGroup("a provider of " + subject.name());
    AtomicReference<@Nullable Seen> seen = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread maker =
        new Thread(
            group,
            () -> {
              try {
                seen.set(makeAndAsk(subject));
              } catch (Throwable e) {
                thrown.set(e);
              }
            },
            "the maker");
    maker.setDaemon(true);
    Printed printed = Printed.by(group);
    try (printed) {
      maker.start();
      maker.join();
    }
    List<String> left = left(group);
    group.interrupt();
    rethrow(subject, thrown.get());
    Seen what = Objects.requireNonNull(seen.get());
    return new Observation(printed.text(), left, what.changes(), what.allocations(), what.took());
  }

  private static void rethrow(PluginSubject subject, @Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case AssertionError e -> throw e;
      default ->
          throw new AssertionError(
              "a provider of " + subject.name() + " threw " + Thrown.describe(thrown), thrown);
    }
  }

  private static Seen makeAndAsk(PluginSubject subject) {
    Map<String, String> before = state();
    long allocated = taken();
    long begin = System.nanoTime();
    Maker.another(subject).askAll();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    long more = taken();
    return new Seen(
        differences(before, state()), allocated < 0 || more < 0 ? -1 : more - allocated, took);
  }

  private static List<String> left(ThreadGroup group) {
    Thread[] threads = new Thread[MOST_THREADS];
    int n = group.enumerate(threads);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names.add("'" + threads[i].getName() + "'");
    }
    return names;
  }

  private static long taken() {
    try {
      return Memory.statistics(Device.CPU).allocations();
    } catch (FluxionException e) {
      return -1;
    }
  }

  // ---- state

  private static Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    state.put("the default locale", Locale.getDefault().toString());
    state.put("the default time zone", TimeZone.getDefault().getID());
    state.put("whether gradients are recorded", String.valueOf(Autograd.isGradEnabled()));
    state.put("System.out", identity(System.out));
    state.put("System.err", identity(System.err));
    state.put(
        "the default handler of uncaught exceptions",
        identity(Thread.getDefaultUncaughtExceptionHandler()));
    Properties properties = System.getProperties();
    for (String name : properties.stringPropertyNames()) {
      state.put("the system property " + name, String.valueOf(properties.getProperty(name)));
    }
    return state;
  }

  private static String identity(@Nullable Object object) {
    return object == null
        ? "null"
        : object.getClass().getName() + "@" + System.identityHashCode(object);
  }

  private static List<String> differences(Map<String, String> before, Map<String, String> after) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String was = before.getOrDefault(name, "not there");
      String is = after.getOrDefault(name, "not there");
      if (!was.equals(is)) {
        differences.add(name + " from " + was + " to " + is);
      }
    }
    return differences;
  }
}
