/**
 * The blocked interpreter: what runs a kernel at once.
 *
 * <p>A kernel is straight-line code over typed registers of 256 elements: {@code float[]} for
 * float32 and the 16-bit floats, {@code double[]} for float64, {@code int[]} for integers of up to
 * 32 bits and truth values, {@code long[]} for int64. Each operation is one prebuilt loop over a
 * block. Nothing is generated or linked at run time and no class of the Vector API or the
 * Class-File API is touched, so that the first call of a kernel costs little; the bits are those of
 * {@link fluxion.engine.spi.ExprProgram} and of the generated loops.
 */
@NullMarked
package fluxion.backend.cpu.interpret;

import org.jspecify.annotations.NullMarked;
