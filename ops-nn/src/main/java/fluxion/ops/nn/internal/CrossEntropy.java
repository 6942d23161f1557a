package fluxion.ops.nn.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.TensorSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of classes, of the logarithm of softmax. It has the bits of the one
 * after the other; as one function, its gradient is computed without a matrix of zeros.
 *
 * <p>Inputs are those of {@link NllLoss}, but for the logits in the place of the log-probabilities.
 * Those are the second output, so that the gradient, which is computed from them, can be
 * differentiated; nobody else sees them. The logits may be written once the loss is there.
 *
 * @param loss what is done with the log-probabilities
 */
record CrossEntropy(NllLoss loss) implements Function {
  @Override
  public String name() {
    return loss.name();
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor logits = Objects.requireNonNull(inputs[0]);
    Tensor logarithms = new Softmax(ClassLosses.classDim(logits), true).of(logits);
    ctx.saveOutput(1);
    return new Tensor[] {loss.loss(ctx, logarithms, inputs), logarithms};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor ofLoss = gradOutputs[0];
    Tensor ofLogarithms = gradOutputs[1];
    Tensor logarithms = ctx.output(1);
    int dim = ClassLosses.classDim(logarithms);
    Tensor gradient = null;
    if (ofLoss != null) {
      gradient =
          Functions.apply(
              new CrossEntropyGradient(dim),
              loss.cotangent(ctx, ofLoss),
              logarithms,
              ctx.intermediate(1),
              ctx.intermediate(0));
    }
    if (ofLogarithms != null) {
      Tensor more = Functions.apply(new SoftmaxGradient(dim, true), ofLogarithms, logarithms);
      gradient = gradient == null ? more : gradient.add(more);
    }
    return new @Nullable Tensor[] {gradient, null, null};
  }

  @Override
  public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    return loss.infer(inputs)
        .map(found -> new TensorSpec[] {found[0], Objects.requireNonNull(inputs[0])});
  }
}
