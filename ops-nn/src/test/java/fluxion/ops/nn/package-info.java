/** Tests of the neural-network operators. */
@NullMarked
package fluxion.ops.nn;

import org.jspecify.annotations.NullMarked;
