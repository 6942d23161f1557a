package fluxion.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.Fluxion;
import fluxion.api.Ops;
import fluxion.api.PluginException;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The search for the engine, where there is none, and engines that are given. */
final class EnginesTest {
  private static final Tensor TENSOR = fake(Tensor.class);

  /** An engine whose operators give a tensor back under every name, or miss all of them. */
  private static final class FakeEngine implements Engine, EngineProvider, OperatorTable {
    int links;
    boolean missing;
    int threads = 3;

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Engine engine() {
      return this;
    }

    @Override
    public TensorFactory tensors() {
      return fake(TensorFactory.class);
    }

    @Override
    public RandomNumbers random() {
      return fake(RandomNumbers.class);
    }

    @Override
    public Differentiator autograd() {
      return fake(Differentiator.class);
    }

    @Override
    public MemoryManager memory() {
      return fake(MemoryManager.class);
    }

    @Override
    public OperatorTable operators() {
      return this;
    }

    @Override
    public PluginTable plugins() {
      return fake(PluginTable.class);
    }

    @Override
    public int threads() {
      return threads;
    }

    @Override
    public void threads(int n) {
      threads = n;
    }

    @Override
    public Map<String, Long> counters(Device device) {
      return Map.of();
    }

    @Override
    public <F> F link(String name, Class<F> call) {
      links++;
      if (missing) {
        throw new PluginException(name + " is missing");
      }
      Call.Unary identity = self -> self;
      return call.cast(identity);
    }

    @Override
    public Object call(String name, List<?> arguments, Map<String, ?> named) {
      return name.equals("unbind") ? new Tensor[] {TENSOR, TENSOR} : TENSOR;
    }

    @Override
    public List<String> names() {
      return List.of("identity");
    }
  }

  private final FakeEngine engine = new FakeEngine();

  private static <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              throw new UnsupportedOperationException(method.toString());
            }));
  }

  @AfterEach
  void stop() {
    Engines.stopped(engine);
  }

  @Test
  void without_an_engine_every_entry_says_what_to_add() {
    for (var entry :
        List.<org.junit.jupiter.api.function.Executable>of(
            Engines::current,
            () -> Tensors.ones(2),
            () -> Ops.call("add"),
            Plugins::list,
            Fluxion::threads)) {
      PluginException e = assertThrows(PluginException.class, entry);
      assertEquals(
          "no engine: no module on the path provides fluxion.api.spi.EngineProvider; add the jar of"
              + " fluxion.engine to the module path (in an OSGi container, start the bundle"
              + " fluxion.engine)",
          e.getMessage());
    }
  }

  @Test
  void an_engine_that_comes_later_is_used_until_it_stops() {
    assertThrows(PluginException.class, Engines::current);
    Engines.use(engine);
    assertSame(engine, Engines.current());
    assertEquals(List.of("identity"), Ops.names());
    Engines.stopped(engine);
    assertThrows(PluginException.class, Engines::current);
  }

  @Test
  void the_number_of_threads_is_the_engines() {
    Engines.use(engine);
    assertEquals(3, Fluxion.threads());
    Fluxion.threads(5);
    assertEquals(5, engine.threads);
  }

  @Test
  void one_engine_at_a_time() {
    Engines.use(engine);
    Engines.use(engine);
    PluginException e = assertThrows(PluginException.class, () -> Engines.use(new FakeEngine()));
    assertTrue(e.getMessage().startsWith("an engine is in use already; stop it before fake ("));
    Engines.stopped(new FakeEngine());
    assertSame(engine, Engines.current());
  }

  @Test
  void a_call_site_links_once_and_anew_after_plugins_changed() {
    Engines.use(engine);
    OpSite<Call.Unary> site = OpSite.of("identity", Call.Unary.class);
    assertSame(TENSOR, site.get().apply(TENSOR));
    assertSame(TENSOR, site.get().apply(TENSOR));
    assertEquals(1, engine.links);
    OpSite.resetAll();
    assertSame(TENSOR, site.get().apply(TENSOR));
    assertEquals(2, engine.links);
  }

  @Test
  void a_call_site_that_failed_tries_again() {
    Engines.use(engine);
    OpSite<Call.Unary> site = OpSite.of("identity", Call.Unary.class);
    engine.missing = true;
    assertThrows(PluginException.class, site::get);
    engine.missing = false;
    assertSame(TENSOR, site.get().apply(TENSOR));
  }

  @Test
  void a_call_by_name_gives_one_tensor_or_says_that_there_are_several() {
    Engines.use(engine);
    assertSame(TENSOR, Ops.call("identity", TENSOR));
    assertEquals(2, Ops.callAll("unbind", List.of(TENSOR), Map.of()).size());
    assertEquals(1, Ops.callAll("identity", List.of(TENSOR), Map.of()).size());
    fluxion.api.ArgumentException e =
        assertThrows(fluxion.api.ArgumentException.class, () -> Ops.call("unbind", TENSOR));
    assertEquals("operator 'unbind' gives several tensors; use Ops.callAll for it", e.getMessage());
  }
}
