/**
 * Normalisations: layers that bring their input to mean 0 and variance 1 over a batch, a channel or
 * their trailing dimensions, then scale and shift it.
 */
@NullMarked
package fluxion.nn.norm;

import org.jspecify.annotations.NullMarked;
