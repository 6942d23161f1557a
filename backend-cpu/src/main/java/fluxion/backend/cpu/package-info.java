/**
 * The device {@code cpu}: the backend's primitives as loops over heap arrays.
 *
 * <h2>How it is laid out</h2>
 *
 * <p>A {@link fluxion.backend.cpu.CpuBuffer} holds one primitive array; {@link
 * fluxion.backend.cpu.Elements} reads and writes runs of it, cast to or from the two kinds of
 * register: {@code double[]} for floating-point dtypes and {@code long[]} for integers and truth
 * values ({@link fluxion.backend.cpu.Values}). An {@link fluxion.backend.cpu.ElementStream} walks a
 * strided window in logical row-major order, so that no primitive needs to know a layout: it sees
 * blocks of logical elements. Each primitive is one class. Those that read elements where they lie,
 * with loops of their own for each kind of array, find them by {@link
 * fluxion.backend.cpu.reduce.Axes}: dimensions of several windows, merged where all of them allow
 * it. Reductions are folded in {@code fluxion.backend.cpu.reduce}.
 *
 * <h2>The order in which floats are combined</h2>
 *
 * <p>The bits of a result depend on dtypes, shapes and logical values alone. For each element of a
 * reduction's result, with its reduced elements numbered in logical row-major order from 0:
 *
 * <ul>
 *   <li>Where the <em>last</em> dimension is among the reduced ones, the elements are cut into
 *       blocks of 16,384. Within a block, element {@code i} is combined into lane {@code i mod 32}
 *       ({@code i mod 16} for a float64 accumulator), each lane starting from the neutral element.
 *       Then the lanes are combined in order, from lane 0.
 *   <li>Otherwise the elements are cut into blocks of 256, each combined in order from the neutral
 *       element.
 *   <li>The blocks' results are combined in a balanced tree: neighbours in pairs, {@code 0} with
 *       {@code 1}, {@code 2} with {@code 3} and so on, an odd last one being carried over, until
 *       one is left. Without elements the result is the neutral element.
 * </ul>
 *
 * <p>Each step rounds to the accumulator's dtype. Of −0 and 0 the minimum is −0 and the maximum 0;
 * a NaN wins over every number. Every NaN that a reduction gives is the same one.
 *
 * <p>Each element of a matrix product is one chain of fused multiply-adds from 0 in ascending k, or
 * the balanced tree of the chains of blocks of 4096 ({@link fluxion.backend.cpu.gemm.Gemm}). A scan
 * combines in order, each step rounded to the output's dtype. Softmax sums like a reduction whose
 * last dimension is reduced.
 */
@NullMarked
package fluxion.backend.cpu;

import org.jspecify.annotations.NullMarked;
