package fluxion.engine.registry;

import fluxion.api.Plugin;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as the API shows it, and what it failed with.
 *
 * @param plugin the plugin
 * @param thrown what it threw, or null
 */
public record Finding(Plugin plugin, @Nullable Throwable thrown) {}
