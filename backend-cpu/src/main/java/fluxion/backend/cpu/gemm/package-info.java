/**
 * Products of float32 and float64 matrices.
 *
 * <h2>The bits of a product</h2>
 *
 * <p>{@link fluxion.backend.cpu.gemm.Gemm} says how each element is computed: chains of fused
 * multiply-adds over k in ascending order, within blocks of 4096. Everything else, that is tiles,
 * cache blocks, packing, the width of vectors and the partition among threads, changes only the
 * order in which <em>different</em> elements progress. A chain that is interrupted goes on from the
 * element's value in memory, which is the accumulator's, since both have the same dtype.
 *
 * <h2>The ways of computing it</h2>
 *
 * <ul>
 *   <li>{@link fluxion.backend.cpu.gemm.Packed}: blocks of both operands are copied into panels as
 *       wide as a tile of registers, after Goto and van de Geijn, "Anatomy of High-Performance
 *       Matrix Multiplication", ACM TOMS 34 (3), 2008. With at most a vector of columns the left
 *       matrix, each element of which is then used once, is read where it lies.
 *   <li>{@link fluxion.backend.cpu.gemm.Skinny}: few rows, or by transposition few columns; each
 *       element of the large operand is used about once, where it lies.
 *   <li>Tiny products are scalar loops and do not initialise the Vector API.
 *   <li>Larger ones are loops that the JVM vectorises by itself until the Vector API's are compiled
 *       ({@link fluxion.backend.cpu.workers.Warmup}).
 * </ul>
 */
@NullMarked
package fluxion.backend.cpu.gemm;

import org.jspecify.annotations.NullMarked;
