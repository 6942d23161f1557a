package fluxion.engine;

import fluxion.api.spi.Differentiator;
import fluxion.api.spi.Engine;
import fluxion.api.spi.EngineProvider;
import fluxion.api.spi.OperatorTable;
import fluxion.api.spi.PluginTable;
import fluxion.api.spi.TensorFactory;
import fluxion.engine.factory.Factories;
import fluxion.engine.registry.Registry;
import fluxion.engine.tape.Tape;

/** The engine. */
public final class DefaultEngine implements EngineProvider {
  /** Made when the engine is first asked for, so that finding the provider costs nothing. */
  private static final class Parts implements Engine {
    static final Parts INSTANCE = new Parts();

    private final Registry registry = new Registry();
    private final TensorFactory tensors = new Factories(registry);
    private final Differentiator autograd = new Tape();

    @Override
    public TensorFactory tensors() {
      return tensors;
    }

    @Override
    public Differentiator autograd() {
      return autograd;
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
