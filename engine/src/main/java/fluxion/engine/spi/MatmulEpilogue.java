package fluxion.engine.spi;

import fluxion.api.Scalar;

/**
 * What is done with each element of a matrix product before it is stored.
 *
 * <p>Input 0 of the kernel is the element of the product; input {@code i + 1} is the element of
 * {@code inputs[i]}, expanded to the product's shape.
 *
 * @param kernel the map, with one output of the result's dtype
 * @param inputs further operands, each of the result's shape
 * @param scalars the kernel's runtime scalars
 */
@SuppressWarnings("ArrayRecordComponent") // the arguments of one launch, never compared
public record MatmulEpilogue(CompiledKernel kernel, Operand[] inputs, Scalar[] scalars) {}
