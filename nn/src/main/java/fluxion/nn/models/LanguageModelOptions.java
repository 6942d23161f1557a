package fluxion.nn.models;

import fluxion.api.TensorOptions;

/**
 * The sizes of a {@link LanguageModel}.
 *
 * @param vocabulary the number of tokens
 * @param context the greatest length of a sequence
 * @param width the size of an element
 * @param heads the number of heads of attention
 * @param layers the number of blocks
 * @param dropout the probability with which an element is dropped in training
 * @param tensors dtype and device of the parameters
 */
public record LanguageModelOptions(
    long vocabulary,
    long context,
    long width,
    long heads,
    int layers,
    double dropout,
    TensorOptions tensors) {}
