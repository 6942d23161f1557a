package fluxion.tests.kernels;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.Arrays;
import java.util.Map;

/** Attention with random operands. */
final class AttentionCase {
  private AttentionCase() {}

  /**
   * Without a mask, causal, with truth values, one of which is true for each query, or summands.
   */
  static Tensor draw(Draw d, int batch, int queries, int keys) {
    DType dtype = d.dtype(DType.FLOAT32, DType.FLOAT64);
    int depth = d.number(1, 40);
    Tensor query = d.tensor(dtype, batch, queries, depth);
    Tensor key = d.tensor(dtype, d.number(0, 1) == 0 ? 1 : batch, keys, depth);
    Tensor value = d.tensor(dtype, batch, keys, d.number(1, 40));
    int kind = d.number(0, 3);
    Tensor summands = d.tensor(dtype, queries, keys).detach();
    Tensor mask =
        switch (kind) {
          case 2 -> summands.ge(summands.amax(new int[] {1}, true).clampMax(0.5));
          case 3 -> summands;
          default -> null;
        };
    return Ops.call(
        "scaled_dot_product_attention",
        Arrays.asList(query, key, value, mask, 0.0, kind == 1),
        Map.of());
  }
}
