package fluxion.backend.cpu.attention;

import fluxion.backend.cpu.gemm.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one head; all matrices are of float32.
 *
 * @param q the queries
 * @param k the keys
 * @param v the values
 * @param mask the mask, or null
 */
public record Head(Matrix q, Matrix k, Matrix v, @Nullable Mask mask) {}
