/**
 * The generators of random numbers: PyTorch's CPU generator, draw for draw.
 *
 * <p>Every result is a pure function of the seed and of the draws made so far. It uses only
 * operations that the language defines to the last bit, so it is the same on every machine.
 */
@NullMarked
package fluxion.engine.random;

import org.jspecify.annotations.NullMarked;
