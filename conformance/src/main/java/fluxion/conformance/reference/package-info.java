/**
 * The reference backend: scalar, one loop a primitive, right by inspection. It is the oracle of the
 * kit.
 */
@NullMarked
package fluxion.conformance.reference;

import org.jspecify.annotations.NullMarked;
