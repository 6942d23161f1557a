package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.engine.spi.BackendProvider;

/**
 * A device that a backend offers.
 *
 * @param device the device
 * @param provider opens it
 */
record DeviceOffer(Device device, BackendProvider provider) {}
