package fluxion.nn.sequence;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.nn.Init;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import org.jspecify.annotations.Nullable;

/** The table of an embedding, and what is said of it. */
record Table(Tensor weight, @Nullable Long paddingIdx, EmbeddingOptions options) {
  /** A table drawn from the standard normal distribution, zeros at the row of padding. */
  static Table of(long rows, long columns, EmbeddingOptions options) {
    Table table = given(Starts.empty(options.tensors(), rows, columns), options);
    Init.normal_(table.weight, 0, 1);
    Long padding = table.paddingIdx;
    if (padding != null) {
      try (var _ = Autograd.noGrad()) {
        table.weight.select(0, padding).zero_();
      }
    }
    return table;
  }

  static Table given(Tensor weight, EmbeddingOptions options) {
    Long padding = options.paddingIdx();
    if (padding != null) {
      long rows = weight.size(0);
      if (padding < -rows || padding >= rows) {
        throw new ArgumentException("Padding_idx must be within num_embeddings");
      }
      padding = padding < 0 ? padding + rows : padding;
    }
    return new Table(weight, padding, options);
  }

  String text(boolean withPadding) {
    StringBuilder text = new StringBuilder();
    text.append(weight.size(0)).append(", ").append(weight.size(1));
    if (withPadding) {
      text.append(padding());
    }
    if (options.maxNorm() != null) {
      text.append(", max_norm=").append(Texts.orNone(options.maxNorm()));
    }
    if (options.normType() != 2) {
      text.append(", norm_type=").append(Texts.of(options.normType()));
    }
    if (options.scaleGradByFreq()) {
      text.append(", scale_grad_by_freq=True");
    }
    return text.toString();
  }

  String padding() {
    return paddingIdx == null ? "" : ", padding_idx=" + paddingIdx;
  }
}
