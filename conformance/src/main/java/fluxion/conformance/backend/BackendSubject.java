package fluxion.conformance.backend;

import fluxion.api.Device;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;

/**
 * A device that is judged.
 *
 * @param provider offers it
 * @param device which it is
 * @param settings how the suite is run
 */
public record BackendSubject(BackendProvider provider, Device device, Settings settings) {}
