package fluxion.nn.spatial;

import fluxion.api.TensorOptions;
import fluxion.nn.internal.Sizes;
import java.util.List;

/**
 * The options of convolutions: immutable, each method gives a changed copy. Sizes are one number
 * for all dimensions, or one for each.
 *
 * @param stride the step of the kernel
 * @param padding how many positions are added on both sides
 * @param same whether so many are added instead that the result has the size of the input
 * @param outputPadding how many positions a transposed convolution adds at one side of its result
 * @param dilation the distance of the kernel's elements
 * @param groups into how many groups the channels are divided
 * @param bias whether there is a bias
 * @param paddingMode what the added positions hold
 * @param tensors dtype and device of the parameters
 */
public record ConvOptions(
    List<Long> stride,
    List<Long> padding,
    boolean same,
    List<Long> outputPadding,
    List<Long> dilation,
    long groups,
    boolean bias,
    PaddingMode paddingMode,
    TensorOptions tensors) {
  private static final List<Long> ZERO = List.of(0L);
  private static final List<Long> ONE = List.of(1L);

  /** Stride 1, nothing added, one group, a bias, float32. */
  public static final ConvOptions DEFAULT =
      new ConvOptions(
          ONE, ZERO, false, ZERO, ONE, 1, true, PaddingMode.ZEROS, TensorOptions.DEFAULT);

  /**
   * Takes the options as they are; the layer checks them together.
   *
   * @param stride the step of the kernel
   * @param padding how many positions are added on both sides
   * @param same whether so many are added that the result has the size of the input
   * @param outputPadding how many positions are added at one side of the result
   * @param dilation the distance of the kernel's elements
   * @param groups into how many groups the channels are divided
   * @param bias whether there is a bias
   * @param paddingMode what the added positions hold
   * @param tensors dtype and device of the parameters
   */
  public ConvOptions {
    stride = List.copyOf(stride);
    padding = List.copyOf(padding);
    outputPadding = List.copyOf(outputPadding);
    dilation = List.copyOf(dilation);
  }

  /**
   * {@return these options with another stride}
   *
   * @param sizes the step of the kernel
   */
  public ConvOptions stride(long... sizes) {
    return new ConvOptions(
        Sizes.of(sizes),
        padding,
        same,
        outputPadding,
        dilation,
        groups,
        bias,
        paddingMode,
        tensors);
  }

  /**
   * {@return these options with another padding}
   *
   * @param sizes how many positions are added on both sides
   */
  public ConvOptions padding(long... sizes) {
    return new ConvOptions(
        stride,
        Sizes.of(sizes),
        false,
        outputPadding,
        dilation,
        groups,
        bias,
        paddingMode,
        tensors);
  }

  /** {@return these options with as much padding as keeps the size: {@code padding='same'}} */
  public ConvOptions samePadding() {
    return new ConvOptions(
        stride, ZERO, true, outputPadding, dilation, groups, bias, paddingMode, tensors);
  }

  /**
   * {@return these options with more at one side of the result of a transposed convolution}
   *
   * @param sizes how many positions are added there
   */
  public ConvOptions outputPadding(long... sizes) {
    return new ConvOptions(
        stride, padding, same, Sizes.of(sizes), dilation, groups, bias, paddingMode, tensors);
  }

  /**
   * {@return these options with another dilation}
   *
   * @param sizes the distance of the kernel's elements
   */
  public ConvOptions dilation(long... sizes) {
    return new ConvOptions(
        stride, padding, same, outputPadding, Sizes.of(sizes), groups, bias, paddingMode, tensors);
  }

  /**
   * {@return these options with other groups}
   *
   * @param count into how many groups the channels are divided
   */
  public ConvOptions groups(long count) {
    return new ConvOptions(
        stride, padding, same, outputPadding, dilation, count, bias, paddingMode, tensors);
  }

  /**
   * {@return these options with or without a bias}
   *
   * @param present whether there is one
   */
  public ConvOptions bias(boolean present) {
    return new ConvOptions(
        stride, padding, same, outputPadding, dilation, groups, present, paddingMode, tensors);
  }

  /**
   * {@return these options with another content of what is added}
   *
   * @param mode what it holds
   */
  public ConvOptions paddingMode(PaddingMode mode) {
    return new ConvOptions(
        stride, padding, same, outputPadding, dilation, groups, bias, mode, tensors);
  }

  /**
   * {@return these options with parameters of another dtype or device}
   *
   * @param options their dtype and device
   */
  public ConvOptions tensors(TensorOptions options) {
    return new ConvOptions(
        stride, padding, same, outputPadding, dilation, groups, bias, paddingMode, options);
  }
}
