package fluxion.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/** Fluxion in OSGi containers, whether or not a service-loader mediator is there. */
final class ContainersTest {
  private static final String API = "fluxion.api";
  private static final String ENGINE = "fluxion.engine";
  private static final String BASIC = "fluxion.ops.basic";
  private static final String CPU = "fluxion.backend.cpu";

  @TempDir Path folder;

  private Bundles bundles;

  @BeforeEach
  void open_the_workshop() {
    bundles = new Bundles(folder);
  }

  /** A container with the four bundles that a computation needs, none of which is started. */
  private Container container(Container.Kind kind) throws Exception {
    return Container.start(kind, folder.resolve("storage"))
        .with("fluxion-api", "fluxion-engine", "fluxion-ops-basic", "fluxion-backend-cpu");
  }

  private static void assertBegins(String begin, String text) {
    assertTrue(text.startsWith(begin), text);
  }

  // ---- the engine

  @ParameterizedTest
  @EnumSource
  void every_bundle_of_the_library_resolves_and_starts(Container.Kind kind) throws Exception {
    try (Container container =
        container(kind).with("fluxion-ops-nn", "fluxion-backend-gpu", "fluxion-nn")) {
      for (String name :
          List.of(API, ENGINE, BASIC, "fluxion.ops.nn", CPU, "fluxion.backend.gpu", "fluxion.nn")) {
        container.start(name);
        assertEquals(Bundle.ACTIVE, container.bundle(name).getState(), name);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_engine_that_was_started_before_the_application_serves_it(Container.Kind kind)
      throws Exception {
    try (Container container = container(kind)) {
      container.start(CPU, BASIC, ENGINE, API);
      assertEquals("2.0, 0.25", Application.start(container, bundles).call("sqrt", 4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_application_that_was_started_first_finds_the_engine_later(Container.Kind kind)
      throws Exception {
    try (Container container = container(kind)) {
      Application application = Application.start(container, bundles);
      assertBegins("no engine: ", application.call("sqrt", 4));
      container.start(ENGINE);
      assertBegins("device 'cpu' is not there: ", application.call("sqrt", 4));
      container.start(CPU);
      assertBegins("operator 'sqrt' is missing: ", application.call("sqrt", 4));
      container.start(BASIC);
      assertEquals("2.0, 0.25", application.call("sqrt", 4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_engine_that_stops_is_missed_and_may_start_again(Container.Kind kind) throws Exception {
    try (Container container = container(kind)) {
      container.start(ENGINE, CPU, BASIC);
      Application application = Application.start(container, bundles);
      for (int round = 0; round < 2; round++) {
        assertEquals("3.0, " + 1.0 / 6, application.call("sqrt", 9));
        container.stop(ENGINE);
        assertBegins("no engine: ", application.call("sqrt", 9));
        container.start(ENGINE);
      }
      assertEquals("3.0, " + 1.0 / 6, application.call("sqrt", 9));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_bundle_that_stops_takes_its_operators_with_it(Container.Kind kind) throws Exception {
    try (Container container = container(kind)) {
      container.start(ENGINE, CPU, BASIC);
      Application application = Application.start(container, bundles);
      assertEquals("2.0, 0.25", application.call("sqrt", 4));
      container.stop(BASIC);
      assertBegins(
          "operator 'sqrt' is missing: fluxion.ops.basic "
              + container.bundle(BASIC).getVersion()
              + ", which provided it, was withdrawn",
          application.call("sqrt", 4));
      container.start(BASIC);
      assertEquals("2.0, 0.25", application.call("sqrt", 4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_device_that_stops_is_missed_and_may_start_again(Container.Kind kind) throws Exception {
    try (Container container = container(kind)) {
      container.start(ENGINE, CPU, BASIC);
      Application application = Application.start(container, bundles);
      assertEquals("2.0, 0.25", application.call("sqrt", 4));
      container.stop(CPU);
      assertBegins(
          "device 'cpu' is not there: no module on the path provides a device. fluxion.backend.cpu "
              + container.bundle(CPU).getVersion()
              + ", which provided it, was withdrawn.",
          application.call("sqrt", 4));
      container.start(CPU);
      assertEquals("2.0, 0.25", application.call("sqrt", 4));
    }
  }

  // ---- plugins

  @ParameterizedTest
  @EnumSource
  void a_plugin_that_registers_itself_as_a_service_is_found(Container.Kind kind) throws Exception {
    try (Container container = container(kind)) {
      container.start(ENGINE, CPU, BASIC);
      Application application = Application.start(container, bundles);
      Bundle plugin =
          container.install(bundles.scaling("acme.scaling", "1.0.0", "acme_scale", 3, false));
      assertBegins("operator 'acme_scale' is missing: ", application.call("acme_scale", 2));
      plugin.start();
      assertEquals("6.0, 3.0", application.call("acme_scale", 2));
      plugin.stop();
      assertBegins(
          "operator 'acme_scale' is missing: acme.scaling 1.0.0, which provided it, was withdrawn",
          application.call("acme_scale", 2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_provider_that_fails_is_refused_and_the_others_work(Container.Kind kind) throws Exception {
    try (Container container = container(kind)) {
      container.start(ENGINE, CPU, BASIC);
      Application application = Application.start(container, bundles);
      String broken =
          """
          package acme.broken;
          public final class Functions implements fluxion.engine.spi.FunctionProvider {
            public Functions() { throw new IllegalStateException("no licence"); }
            public int spiVersion() { return fluxion.engine.spi.SpiVersion.CURRENT; }
            public String name() { return "broken"; }
            public java.util.List<fluxion.engine.spi.Operator> operators() {
              return java.util.List.of();
            }
          }
          """;
      Map<String, String> headers = Map.of("Provide-Capability", Bundles.declares("acme.broken"));
      container.install(bundles.make("acme.broken", "1.0.0", headers, broken)).start();
      container
          .install(
              bundles.make(
                  "acme.absent",
                  "1.0.0",
                  Map.of("Provide-Capability", Bundles.declares("acme.absent")),
                  "package acme.absent; public final class Nothing {}"))
          .start();
      String message = application.call("acme_broken", 1);
      assertTrue(
          message.contains("acme.broken 1.0.0 (IllegalStateException: no licence)"), message);
      assertTrue(message.contains("acme.absent 1.0.0 ("), message);
      assertEquals("2.0, 0.25", application.call("sqrt", 4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_plugin_comes_goes_and_is_updated_while_two_threads_compute(Container.Kind kind)
      throws Exception {
    try (Container container = container(kind)) {
      container.start(ENGINE, CPU, BASIC);
      Application application = Application.start(container, bundles);
      Bundle plugin =
          container.install(bundles.scaling("acme.scaling", "1.0.0", "acme_scale", 3, true));
      Path second = bundles.scaling("acme.scaling", "2.0.0", "acme_scale", 5, true);
      plugin.start();

      Set<String> answers = ConcurrentHashMap.newKeySet();
      AtomicBoolean on = new AtomicBoolean(true);
      CountDownLatch running = new CountDownLatch(2);
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        Thread thread =
            new Thread(
                () -> {
                  running.countDown();
                  while (on.get()) {
                    answers.add(application.call("acme_scale", 2).replaceFirst("\\. .*", ""));
                    answers.add(application.call("sqrt", 4));
                  }
                });
        thread.start();
        threads.add(thread);
      }
      running.await();
      for (int round = 0; round < 20; round++) {
        plugin.stop();
        plugin.start();
      }
      container.update("acme.scaling", second);
      assertEquals("10.0, 5.0", application.call("acme_scale", 2));
      on.set(false);
      for (Thread thread : threads) {
        thread.join();
      }
      answers.removeAll(
          Set.of(
              "2.0, 0.25",
              "6.0, 3.0",
              "10.0, 5.0",
              "operator 'acme_scale' is missing: acme.scaling 1.0.0, which provided it, was"
                  + " withdrawn"));
      assertEquals(Set.of(), answers);
    }
  }
}
