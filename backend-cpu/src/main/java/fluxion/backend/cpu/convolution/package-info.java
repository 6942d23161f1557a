/**
 * Convolutions of float32 and float64 as products of matrices whose operands are read from images.
 *
 * <h2>How it is computed</h2>
 *
 * <p>The windows of an image are the columns of a matrix with a row for each channel and element of
 * the kernel. It is never made: a block of it is packed into panels ({@link
 * fluxion.backend.cpu.convolution.WindowColumns} and its neighbours) when the product reaches it.
 * Before, the part of the images that the block needs is copied with its padding, and, where
 * windows move by more than one element, taken apart into the elements that one window shares with
 * the next ({@link fluxion.backend.cpu.convolution.Staging}): what a line of a panel holds is then
 * a few runs of memory, whatever the strides, the padding and the dilation.
 *
 * <p>The gradient of the images is a product whose result, for a few channels at a time, is added
 * to where it belongs while it is in a cache.
 *
 * <p>Depthwise convolutions make no products: {@link fluxion.backend.cpu.convolution.Depthwise}
 * says which and how.
 *
 * <p>Many convolutions of 3×3 kernels take fewer multiplications, by {@link
 * fluxion.backend.cpu.convolution.WinogradProduct}. {@link fluxion.backend.cpu.convolution.Method}
 * is the rule that says which way is taken.
 *
 * <h2>The bits</h2>
 *
 * <p>Unless {@link fluxion.backend.cpu.convolution.WinogradProduct} computes them, and says how,
 * they are those of the decomposition by columns: each element of an output and of a weight's
 * gradient is a product as {@link fluxion.backend.cpu.gemm.Gemm} defines it, over channels and the
 * elements of the kernel, or over images and positions; an element of the images' gradient is the
 * sum, in the order of the kernel's elements, of products over channels. Blocks, threads and the
 * width of vectors change no bit.
 */
@NullMarked
package fluxion.backend.cpu.convolution;

import org.jspecify.annotations.NullMarked;
