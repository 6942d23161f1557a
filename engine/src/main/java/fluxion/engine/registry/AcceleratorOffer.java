package fluxion.engine.registry;

import fluxion.engine.spi.Accelerator;

/**
 * An accelerator that a plugin offers for the devices of others.
 *
 * @param accelerator the accelerator
 */
record AcceleratorOffer(Accelerator<?> accelerator) {}
