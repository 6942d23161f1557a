package fluxion.engine;

import fluxion.api.Device;
import fluxion.api.spi.Differentiator;
import fluxion.api.spi.Engine;
import fluxion.api.spi.EngineProvider;
import fluxion.api.spi.MemoryManager;
import fluxion.api.spi.OperatorTable;
import fluxion.api.spi.PluginTable;
import fluxion.api.spi.RandomNumbers;
import fluxion.api.spi.TensorFactory;
import fluxion.engine.factory.Factories;
import fluxion.engine.factory.RandomTensors;
import fluxion.engine.registry.Registry;
import fluxion.engine.tape.Scopes;
import fluxion.engine.tape.Tape;
import java.util.Map;

/** The engine. */
public final class DefaultEngine implements EngineProvider {
  /** Made when the engine is first asked for, so that finding the provider costs nothing. */
  private static final class Parts implements Engine {
    static final Parts INSTANCE = new Parts();

    private final Registry registry = new Registry();
    private final TensorFactory tensors = new Factories(registry);
    private final RandomNumbers random = new RandomTensors(registry);
    private final Differentiator autograd = new Tape();
    private final MemoryManager memory = new Scopes(registry::device, registry::openDevices);

    @Override
    public TensorFactory tensors() {
      return tensors;
    }

    @Override
    public RandomNumbers random() {
      return random;
    }

    @Override
    public Differentiator autograd() {
      return autograd;
    }

    @Override
    public MemoryManager memory() {
      return memory;
    }

    @Override
    public OperatorTable operators() {
      return registry;
    }

    @Override
    public PluginTable plugins() {
      return registry;
    }

    @Override
    public int threads() {
      return registry.threads();
    }

    @Override
    public void threads(int n) {
      registry.threads(n);
    }

    @Override
    public Map<String, Long> counters(Device device) {
      return registry.device(device).backend().counters();
    }
  }

  /** Makes the provider. */
  public DefaultEngine() {}

  @Override
  public String name() {
    return "Fluxion engine";
  }

  @Override
  public Engine engine() {
    return Parts.INSTANCE;
  }
}
