package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.accelerator.Attention.Form;
import fluxion.engine.spi.accelerator.Attention.Heads;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attention by a device's own loops, which make no matrix of all weights. Inputs are the queries,
 * the keys, the values and a mask or null; results are the outputs and the logarithms of the sums
 * of the weights, which have no gradient.
 *
 * @param form how attention is paid
 */
record ScaledDotProduct(Form form) implements Function {
  /**
   * {@return whether the device has loops for operands; otherwise attention is composed}
   *
   * @param mask truth values or summands of the queries' dtype, or null
   */
  static boolean takes(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask) {
    Tensor[] on = mask == null ? on(query, key, value) : on(query, key, value, mask);
    var accelerator =
        Primitives.accelerator(fluxion.engine.spi.accelerator.Attention.class, on).orElse(null);
    if (accelerator == null
        || !accelerator.takes(query.dtype(), query.size(-1), value.size(-1))
        || query.numel() == 0
        || key.numel() == 0
        || value.numel() == 0) {
      return false;
    }
    Shape batch = batch(query);
    if (!fits(batch, batch(key)) || !fits(batch, batch(value))) {
      return false;
    }
    Shape weights = withSizes(batch, query.size(-2), key.size(-2));
    return mask == null || (fits(weights, mask.shape()) && !mask.requiresGrad());
  }

  private static Tensor[] on(Tensor... tensors) {
    return tensors;
  }

  /** Whether a shape can be expanded to another. */
  private static boolean fits(Shape to, Shape shape) {
    int lead = to.dim() - shape.dim();
    boolean fits = lead >= 0;
    for (int d = 0; fits && d < shape.dim(); d++) {
      fits = shape.size(d) == 1 || shape.size(d) == to.size(lead + d);
    }
    return fits;
  }

  private static Shape batch(Tensor tensor) {
    return Shape.of(Arrays.copyOf(tensor.shape().toArray(), tensor.dim() - 2));
  }

  private static Shape withSizes(Shape batch, long... sizes) {
    return Shape.of(Windows.join(batch.toArray(), sizes));
  }

  @Override
  public String name() {
    return "ScaledDotProductFlashAttentionForCpuBackward0";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor query = Objects.requireNonNull(inputs[0]);
    Tensor value = Objects.requireNonNull(inputs[2]);
    ctx.markNonDifferentiable(1);
    for (int i = 0; i < inputs.length; i++) {
      ctx.saveInput(i);
    }
    ctx.saveOutput(0);
    ctx.saveOutput(1);
    Shape batch = batch(query);
    Shape shape = withSizes(batch, query.size(-2), value.size(-1));
    Tensor y = Primitives.unspecified(shape, query.dtype(), query);
    Tensor lse = Primitives.unspecified(withSizes(batch, query.size(-2)), query.dtype(), query);
    accelerator(query)
        .attend(form, heads(inputs, 0), Primitives.operand(y), Primitives.operand(lse));
    return new Tensor[] {y, lse};
  }

  private static boolean isAccelerated(Tensor... on) {
    return Primitives.accelerator(fluxion.engine.spi.accelerator.Attention.class, on).isPresent();
  }

  static fluxion.engine.spi.accelerator.Attention accelerator(Tensor on) {
    return Primitives.accelerator(fluxion.engine.spi.accelerator.Attention.class, on).orElseThrow();
  }

  /** What is read, with the leading dimensions of the queries. */
  static Heads heads(@Nullable Tensor[] inputs, int first) {
    Tensor query = Objects.requireNonNull(inputs[first]);
    Tensor key = Objects.requireNonNull(inputs[first + 1]);
    Tensor value = Objects.requireNonNull(inputs[first + 2]);
    Tensor mask = inputs[first + 3];
    Shape batch = batch(query);
    return new Heads(
        Primitives.operand(query),
        expanded(key, withSizes(batch, key.size(-2), key.size(-1))),
        expanded(value, withSizes(batch, value.size(-2), value.size(-1))),
        mask == null ? null : expanded(mask, withSizes(batch, query.size(-2), key.size(-2))));
  }

  private static Operand expanded(Tensor tensor, Shape shape) {
    Operand operand = Primitives.operand(tensor);
    return operand.layout().expand(shape).operand(operand.buffer());
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = Objects.requireNonNull(gradOutputs[0]);
    Tensor query = ctx.input(0);
    Tensor key = ctx.input(1);
    Tensor value = ctx.input(2);
    Tensor mask = ctx.optionalInput(3);
    ScaledDotProductGradient gradient = new ScaledDotProductGradient(form);
    // a device has no loops for a batch of cotangents
    Tensor[] gradients =
        isAccelerated(g, query, key, value)
            ? Functions.applyAll(gradient, g, query, key, value, mask, ctx.output(0), ctx.output(1))
            : gradient.composed(g, query, key, value, mask);
    return new @Nullable Tensor[] {gradients[0], gradients[1], gradients[2], null};
  }

  @Override
  public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    TensorSpec query = Objects.requireNonNull(inputs[0]);
    TensorSpec value = Objects.requireNonNull(inputs[2]);
    Shape shape = query.shape();
    int last = shape.dim() - 1;
    Shape outputs = shape.with(last, value.shape().size(value.shape().dim() - 1));
    Shape sums = Shape.of(Arrays.copyOf(shape.toArray(), last));
    DType dtype = query.dtype();
    return Optional.of(
        new TensorSpec[] {
          new TensorSpec(outputs, dtype, query.device()),
          new TensorSpec(sums, dtype, query.device())
        });
  }
}
