package fluxion.examples.cli;

import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Files of named tensors that a command line names. */
public final class StateFile {
  private StateFile() {}

  /**
   * {@return the tensors in a file, by name}
   *
   * @param path the file: .pth, .safetensors, .npy or .npz
   * @throws FormatException if it cannot be read, or is none of these
   */
  public static Map<String, Tensor> load(Path path) {
    try {
      return Checkpoints.load(path);
    } catch (IOException e) {
      throw new FormatException(path + " cannot be read: " + e, e);
    }
  }
}
