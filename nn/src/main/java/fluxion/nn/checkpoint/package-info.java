/**
 * Tensors in files: PyTorch's own format, safetensors, and NumPy's.
 *
 * {@snippet :
 * Map<String, Tensor> weights = Checkpoints.load(Path.of("resnet18.pth"));
 * Checkpoints.save(weights, Path.of("resnet18.safetensors"));
 * }
 *
 * <p>{@link fluxion.nn.checkpoint.Checkpoints} reads and writes tensors by name and knows the
 * format by itself; {@link fluxion.nn.checkpoint.PyTorch} reads and writes all that a checkpoint
 * holds, {@link fluxion.nn.checkpoint.SafeTensors} leaves a file where it is until a tensor is
 * asked for, and {@link fluxion.nn.checkpoint.NumPy} reads and writes arrays.
 *
 * <p>A file is taken for an enemy's. Nothing in it is executed, no class is loaded by a name that
 * stands in it, and no claim that it makes about sizes is believed before it is checked. What
 * cannot be read is refused with a {@link fluxion.api.FormatException} that says where and why, and
 * gives nothing: no tensor of a damaged file is returned. Files are written beside their place and
 * moved there when they are whole.
 */
@NullMarked
package fluxion.nn.checkpoint;

import org.jspecify.annotations.NullMarked;
