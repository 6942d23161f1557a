package fluxion.nn.sequence;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What attention gives.
 *
 * @param output of the shape of the queries
 * @param weights how much each query attends to each key, if they were asked for
 */
public record Attention(Tensor output, @Nullable Tensor weights) {}
