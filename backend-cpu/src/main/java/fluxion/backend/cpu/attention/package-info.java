/**
 * Attention in blocks: of each head, a block of queries meets a block of keys at a time. Products
 * are made of the tiles of {@link fluxion.backend.cpu.gemm.Gemm}, exponentials by {@link
 * fluxion.backend.cpu.lines.ScoreLoops}.
 */
@org.jspecify.annotations.NullMarked
package fluxion.backend.cpu.attention;
