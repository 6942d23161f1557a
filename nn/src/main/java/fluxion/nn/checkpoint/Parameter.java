package fluxion.nn.checkpoint;

import fluxion.api.Tensor;

/**
 * Has {@link PyTorch#save} write a tensor as a {@code torch.nn.Parameter} that requires a gradient.
 * What is read is a tensor in either case: a parameter is no class of its own here. State dicts
 * hold plain tensors.
 *
 * @param tensor the tensor
 */
public record Parameter(Tensor tensor) {}
