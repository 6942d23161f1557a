package fluxion.nn.sequence;

import fluxion.api.Tensor;

/**
 * What an LSTM gives.
 *
 * @param output what its last layer gives at each place, both directions side by side
 * @param hidden the last states of all layers and directions, {@code [layers · directions, batch,
 *     hidden]}
 * @param cells the last contents of their cells, of the same shape
 */
public record RecurrentCells(Tensor output, Tensor hidden, Tensor cells) {}
