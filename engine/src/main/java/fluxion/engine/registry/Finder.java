package fluxion.engine.registry;

import fluxion.engine.spi.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for plugins. */
interface Finder {
  /**
   * Providers of operators, taken or refused.
   *
   * @param layer where to look; null for where the engine itself lives
   */
  List<Found<Operator>> operators(@Nullable ModuleLayer layer);

  /**
   * Providers of devices, taken or refused.
   *
   * @param layer where to look; null for where the engine itself lives
   */
  List<Found<DeviceOffer>> devices(@Nullable ModuleLayer layer);

  /**
   * Providers of accelerators, taken or refused.
   *
   * @param layer where to look; null for where the engine itself lives
   */
  List<Found<AcceleratorOffer>> accelerators(@Nullable ModuleLayer layer);

  /** Whether a layer's plugins are those where the engine itself lives. */
  boolean isHome(ModuleLayer layer);
}
