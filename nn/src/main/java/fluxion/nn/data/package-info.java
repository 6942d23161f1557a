/**
 * Data for training: data sets, loaders that make batches of them ahead of their use, readers of
 * files, and transforms of images, as in {@code torch.utils.data} and torchvision.
 *
 * {@snippet :
 * IdxFolder digits = IdxFolder.read(Path.of("mnist"));
 * Dataset train =
 *     digits
 *         .train()
 *         .map(ImageTransforms.toTensor())
 *         .map(ImageTransforms.normalize(digits.train().mean(), digits.train().std()));
 * DataLoader loader =
 *     new DataLoader(train, DataLoaderOptions.batchSize(64).shuffle(true).seed(1).workers(2));
 * for (int epoch = 0; epoch < 3; epoch++) {
 *   for (Batch batch : loader) {
 *     Functional.crossEntropy(model.call(batch.inputs()), batch.labels()).backward();
 *   }
 * }
 * }
 *
 * <p>An image is uint8 {@code [height, width, channels]}, as it comes from a file, until {@link
 * fluxion.nn.data.ImageTransforms#toTensor()} makes it a float32 {@code [channels, height, width]}.
 *
 * <p>What is random is a function of the loader's seed, the epoch and the example's index: batches
 * are the same bit for bit whatever the number of workers and whoever was first.
 */
@NullMarked
package fluxion.nn.data;

import org.jspecify.annotations.NullMarked;
