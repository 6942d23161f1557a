package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.LoadedPlugins;
import fluxion.api.Ops;
import fluxion.api.PluginException;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that come and go while other threads compute. */
@Timeout(120)
final class HotPlugTest {
  private static final int ROUNDS = 3;
  private static final int COLLECTIONS = 20;

  @TempDir Path folder;
  private Path directory;
  private Workshop workshop;

  @BeforeEach
  void make_a_directory() throws Exception {
    directory = Files.createDirectory(folder.resolve("plugins"));
    workshop = new Workshop(Files.createDirectory(folder.resolve("classes")));
  }

  /** Calls on and on, and tells what became of the last call. */
  private static final class Caller extends Thread {
    private final Supplier<Tensor> call;
    private final AtomicInteger successes = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean ended;

    Caller(Supplier<Tensor> call) {
      this.call = call;
    }

    @Override
    public void run() {
      while (!ended) {
        try {
          assertEquals(6.0, call.get().item());
          successes.incrementAndGet();
        } catch (PluginException e) {
          String message = String.valueOf(e.getMessage());
          if (!message.startsWith("operator 'acme_triple' is missing: ")) {
            failure.set(e);
            return;
          }
          refusals.incrementAndGet();
        } catch (Throwable e) {
          failure.set(e);
          return;
        }
      }
    }

    void awaitMore(AtomicInteger count) {
      int before = count.get();
      while (count.get() < before + 2 && isAlive()) {
        Thread.onSpinWait();
      }
      assertNull(failure.get());
    }
  }

  @Test
  void plugins_come_and_go_under_two_threads_that_call_throughout_and_classes_are_unloaded()
      throws Exception {
    Jar.of(workshop.make(Workshop.scaling("acme.good", "acme_triple", 3)))
        .write(directory.resolve("good.jar"));
    Tensor x = Tensors.tensor(2.0);
    OpSite<Call.Unary> site = OpSite.of("acme_triple", Call.Unary.class);
    List<Caller> callers =
        List.of(
            new Caller(() -> Ops.call("acme_triple", x)), new Caller(() -> site.get().apply(x)));
    callers.forEach(Thread::start);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        WeakReference<ClassLoader> loader = loadCallAndClose(callers);
        for (Caller caller : callers) {
          caller.awaitMore(caller.refusals);
        }
        PluginException e = assertThrows(PluginException.class, () -> Ops.call("acme_triple", x));
        assertTrue(
            e.getMessage().contains("missing: acme.good 1.0, which provided it, was withdrawn."),
            e.getMessage());
        assertUnloaded(loader);
      }
    } finally {
      callers.forEach(caller -> caller.ended = true);
      for (Caller caller : callers) {
        caller.join();
      }
    }
    for (Caller caller : callers) {
      assertNull(caller.failure.get());
    }
  }

  private WeakReference<ClassLoader> loadCallAndClose(List<Caller> callers) {
    try (LoadedPlugins plugins = Plugins.load(directory)) {
      for (Caller caller : callers) {
        caller.awaitMore(caller.successes);
      }
      // derivatives leave nothing behind either
      Tensor y = Tensors.tensor(1.0).requiresGrad_(true);
      Ops.call("acme_triple", y).backward();
      assertEquals(3.0, y.grad().item());
      return new WeakReference<>(plugins.layer().findLoader("acme.good"));
    }
  }

  private static void assertUnloaded(WeakReference<ClassLoader> loader) {
    for (int i = 0; i < COLLECTIONS && loader.get() != null; i++) {
      System.gc();
    }
    assertNull(loader.get(), "the classes of a withdrawn plugin are still loaded");
  }

  @Test
  void a_call_that_runs_when_its_plugin_is_withdrawn_finishes() throws Exception {
    Workshop.Sources slow =
        Workshop.operators(
            "acme.slow",
            """
            public static final java.util.concurrent.CountDownLatch BEGUN =
                new java.util.concurrent.CountDownLatch(1);
            public static final java.util.concurrent.CountDownLatch GO =
                new java.util.concurrent.CountDownLatch(1);
            public List<Operator> operators() {
              return List.of(Operator.named("acme_slow")
                  .overload("(Tensor self)", Call.Unary.class, self -> {
                    BEGUN.countDown();
                    try {
                      GO.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    return Later.triple(self);
                  }));
            }
            """);
    slow.file(
        "module-info",
        """
        module acme.slow {
          requires fluxion.engine;
          exports acme.slow;
          provides fluxion.engine.spi.FunctionProvider with acme.slow.Functions;
        }
        """);
    slow.file(
        "acme.slow.Later",
        """
        package acme.slow;
        import fluxion.api.Tensor;
        final class Later {
          static Tensor triple(Tensor self) { return self.mul(3.0); }
        }
        """);
    Jar.of(workshop.make(slow)).write(directory.resolve("slow.jar"));
    FutureTask<Tensor> running = new FutureTask<>(() -> Ops.call("acme_slow", Tensors.tensor(2.0)));
    CountDownLatch go;
    try (LoadedPlugins plugins = Plugins.load(directory)) {
      Class<?> functions = plugins.layer().findLoader("acme.slow").loadClass("acme.slow.Functions");
      go = (CountDownLatch) functions.getField("GO").get(null);
      Thread.ofPlatform().start(running);
      assertTrue(
          ((CountDownLatch) functions.getField("BEGUN").get(null)).await(60, TimeUnit.SECONDS));
    }
    assertThrows(PluginException.class, () -> Ops.call("acme_slow", Tensors.tensor(2.0)));
    go.countDown();
    // a class that it needs for the first time is still there
    assertEquals(6.0, running.get(60, TimeUnit.SECONDS).item());
  }

  @Test
  void plugins_that_were_withdrawn_can_be_loaded_again_and_a_handle_closed_twice() {
    Jar.of(workshop.make(Workshop.scaling("acme.good", "acme_triple", 3)))
        .write(directory.resolve("good.jar"));
    LoadedPlugins first = Plugins.load(directory);
    assertEquals(directory, first.directory());
    first.close();
    assertEquals(List.of(), first.list());
    assertThrows(PluginException.class, first::layer);
    try (LoadedPlugins second = Plugins.load(directory)) {
      first.close();
      assertEquals(1, second.list().size());
      assertEquals(6.0, Ops.call("acme_triple", Tensors.tensor(2.0)).item());
    }
  }
}
