/**
 * What applications and plugins hand to the engine, right or wrong: shapes and indices, providers'
 * names and versions, signatures, and tensors to be printed.
 */
@NullMarked
package fluxion.conformance.fuzz.surface;

import org.jspecify.annotations.NullMarked;
