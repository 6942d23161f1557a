/**
 * The way from a call to a backend's primitive: dtypes are promoted, shapes broadcast, kernels made
 * from formulas, and results allocated.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.dispatch;
