package fluxion.nn.sequence;

import fluxion.api.Tensor;

/**
 * What a recurrent network gives.
 *
 * @param output what its last layer gives at each place, both directions side by side
 * @param hidden the last states of all layers and directions, {@code [layers · directions, batch,
 *     hidden]}
 */
public record Recurrent(Tensor output, Tensor hidden) {}
