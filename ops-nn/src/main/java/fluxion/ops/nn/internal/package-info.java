/** The operators themselves: one table of pointwise ones, and a class for each of the others. */
@NullMarked
package fluxion.ops.nn.internal;

import org.jspecify.annotations.NullMarked;
