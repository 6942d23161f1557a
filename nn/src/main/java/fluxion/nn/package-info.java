/**
 * Layers, which hold parameters; {@link fluxion.nn.optim} has the optimisers that change them.
 *
 * {@snippet :
 * var model = new Sequential(new Linear(2, 8), new ReLU(), new Linear(8, 1));
 * var optimizer = new SGD(model.parameters(), new SGDOptions(0.1).momentum(0.9));
 * for (int epoch = 0; epoch < 100; epoch++) {
 *   optimizer.zeroGrad();
 *   Functional.crossEntropy(model.forward(x), y).backward();
 *   optimizer.step();
 * }
 * }
 *
 * <p>A parameter is no class of its own: it is a leaf tensor that requires a gradient.
 */
@NullMarked
package fluxion.nn;

import org.jspecify.annotations.NullMarked;
