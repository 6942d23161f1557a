/**
 * Tensors, dtypes, devices, automatic differentiation and the errors they raise: all that an
 * application needs to import.
 */
@org.jspecify.annotations.NullMarked
package fluxion.api;
