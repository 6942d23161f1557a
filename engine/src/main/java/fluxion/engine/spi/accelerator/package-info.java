/**
 * Optional interfaces that a backend may implement to run a whole operator at once. An operator
 * asks its device for one and runs its decomposition where there is none.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.spi.accelerator;
