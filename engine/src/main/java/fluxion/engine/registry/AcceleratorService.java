package fluxion.engine.registry;

import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.engine.spi.Accelerator;
import fluxion.engine.spi.AcceleratorProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What providers of accelerators are asked. */
final class AcceleratorService implements Service<AcceleratorProvider, AcceleratorOffer> {
  @Override
  public Class<AcceleratorProvider> type() {
    return AcceleratorProvider.class;
  }

  @Override
  public Plugin.Kind kind() {
    return Plugin.Kind.ACCELERATORS;
  }

  @Override
  public int spiVersion(AcceleratorProvider provider) {
    return provider.spiVersion();
  }

  @Override
  public String name(AcceleratorProvider provider) {
    return provider.name();
  }

  @Override
  public Map<String, AcceleratorOffer> offers(AcceleratorProvider provider) {
    List<Accelerator<?>> accelerators = provider.accelerators();
    if (accelerators == null) {
      throw new PluginException("accelerators() gave null");
    }
    Map<String, AcceleratorOffer> offers = new LinkedHashMap<>();
    for (Accelerator<?> accelerator : accelerators) {
      if (accelerator == null) {
        throw new PluginException("accelerators() lists null");
      }
      if (offers.put(accelerator.name(), new AcceleratorOffer(accelerator)) != null) {
        throw new PluginException("accelerators() lists '" + accelerator.name() + "' twice");
      }
    }
    return offers;
  }

  @Override
  public String nothing(AcceleratorProvider provider) {
    return "offers no accelerator";
  }
}
