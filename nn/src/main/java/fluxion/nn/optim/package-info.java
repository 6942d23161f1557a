/**
 * Optimisers, which change parameters by their gradients, and schedulers, which change the options
 * of optimisers, as in {@code torch.optim}.
 *
 * {@snippet :
 * var optimizer = new Adam(model.parameters(), new AdamOptions().lr(1e-3).weightDecay(1e-4));
 * var scheduler = new StepLR(optimizer, 30, 0.1);
 * for (int epoch = 0; epoch < 90; epoch++) {
 *   optimizer.zeroGrad();
 *   Functional.crossEntropy(model.forward(x), y).backward();
 *   Gradients.clipNorm(model.parameters(), 1.0);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * }
 *
 * <p>A step is one kernel a parameter; {@link fluxion.nn.optim.LBFGS}, which looks at all
 * parameters at once, is put together from tensor operations. Parameters with options of their own
 * are a {@link fluxion.nn.optim.ParameterGroup}. What optimisers and schedulers remember can be
 * saved and restored: a run that is resumed so goes on bit for bit.
 *
 * <p>{@code stateDict()} gives trees of maps, lists, tensors, numbers, truth values and texts, of
 * the shape and with the names that PyTorch uses: numbers are {@link java.lang.Long} and {@link
 * java.lang.Double}. {@code loadStateDict} takes any such tree, and refuses it whole, with
 * everything that is wrong, where it does not fit.
 */
@NullMarked
package fluxion.nn.optim;

import org.jspecify.annotations.NullMarked;
