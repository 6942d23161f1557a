/**
 * The seam between the API and an engine: how an engine is found, the facade that it offers, and
 * the typed call sites through which tensor methods reach operators.
 *
 * <p>Engines and operator authors see this package; applications do not need it.
 */
@org.jspecify.annotations.NullMarked
package fluxion.api.spi;
