/**
 * The kit's public part: {@linkplain fluxion.conformance.GradCheck gradients against finite
 * differences}, {@linkplain fluxion.conformance.FunctionConformance the tests that an operator
 * author inherits}, and {@linkplain fluxion.conformance.GoldenData reference numbers made by
 * PyTorch}.
 */
@NullMarked
package fluxion.conformance;

import org.jspecify.annotations.NullMarked;
