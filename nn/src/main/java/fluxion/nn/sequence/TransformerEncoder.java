package fluxion.nn.sequence;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.LayerList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stack of layers of attention, all copies of one to start with, as in PyTorch. */
public final class TransformerEncoder extends Layer {
  private final List<TransformerEncoderLayer> stack = new ArrayList<>();
  private final @Nullable Layer norm;

  /**
   * Makes a stack.
   *
   * @param layer what is copied; it is not part of the stack itself
   * @param numLayers the number of layers
   */
  public TransformerEncoder(TransformerEncoderLayer layer, int numLayers) {
    this(layer, numLayers, null);
  }

  /**
   * Makes a stack.
   *
   * @param layer what is copied; it is not part of the stack itself
   * @param numLayers the number of layers
   * @param norm what is done at the end, or null
   * @throws ArgumentException if there is not at least one layer
   */
  public TransformerEncoder(TransformerEncoderLayer layer, int numLayers, @Nullable Layer norm) {
    if (numLayers < 1) {
      throw new ArgumentException("num_layers must be at least 1, but got " + numLayers);
    }
    for (int i = 0; i < numLayers; i++) {
      stack.add(layer.copy());
    }
    register("layers", new LayerList(stack));
    this.norm = norm == null ? null : register("norm", norm);
  }

  /**
   * {@return a mask by which each place sees only itself and those before}
   *
   * @param length the length of a sequence
   */
  public static Tensor causalMask(long length) {
    return Tensors.ones(TensorOptions.of(DType.BOOL), length, length).triu(1);
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null, null);
  }

  /**
   * {@return what becomes of a sequence}
   *
   * @param input {@code [length, batch, width]}, or the batch first, or without a batch
   * @param mask {@code [length, length]}: true where a place does not see another, or a summand of
   *     the logits; or null
   * @param keyPaddingMask {@code [batch, length]}: true where there is only padding, or null
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    boolean masked = mask != null || keyPaddingMask != null;
    Tensor x = input;
    for (TransformerEncoderLayer layer : stack) {
      x = masked ? layer.forward(x, mask, keyPaddingMask) : layer.call(x);
    }
    return norm == null ? x : norm.call(x);
  }
}
