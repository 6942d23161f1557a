package fluxion.nn.checkpoint.pth;

import fluxion.api.DType;
import org.jspecify.annotations.Nullable;

/**
 * A storage that a pickle refers to.
 *
 * @param key the name of its content
 * @param type the type of its elements, by PyTorch's name
 * @param dtype that type, or null if Fluxion lacks it
 * @param elements how many it has
 */
record StorageRef(String key, String type, @Nullable DType dtype, long elements) {}
