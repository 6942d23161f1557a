package fluxion.nn.checkpoint.safetensors;

import fluxion.api.DType;
import fluxion.api.Shape;

/**
 * What a header says of a tensor.
 *
 * @param name its name
 * @param dtype the type of its elements
 * @param shape its shape
 * @param begin where its bytes begin, behind the header
 * @param end where they end
 */
public record TensorInfo(String name, DType dtype, Shape shape, long begin, long end) {}
