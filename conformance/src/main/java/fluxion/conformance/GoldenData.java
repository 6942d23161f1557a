package fluxion.conformance;

import fluxion.conformance.golden.GoldenFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Reference numbers made by PyTorch 1.13.1, as cases to run.
 *
 * <p>Tolerances, |a − b| for a found and b recorded: float64 1e-10 |b| + 1e-12 max|b| + 1e-14,
 * float32 1e-5 |b| + 2e-6 max|b| + 1e-7, the maximum taken over the tensor; NaN equals NaN,
 * infinities are equal to themselves, integers, truth values, shapes and dtypes are compared
 * exactly. In the gradients of {@code F.layer_norm.002}, {@code F.layer_norm.003}, {@code
 * F.group_norm.004} and {@code tanh.006}, which are rounding noise, 1e-10 of the largest cotangent
 * is allowed. Where a case says that equal values tie, indices that come beside values are not
 * compared. Gradients of {@code hardtanh}, {@code relu6}, {@code elu} and {@code selu} where the
 * input is NaN are not compared: PyTorch's vector and scalar code differ there. Gradients at kinks
 * are compared like others: the recorded convention is the one to follow.
 */
public final class GoldenData {
  private GoldenData() {}

  /** {@return the cases that the kit carries, in the order of kinds, operators and names} */
  public static List<GoldenCase> builtIn() {
    return GoldenFiles.builtIn();
  }

  /**
   * {@return the cases in a folder, searched with all below it for {@code cases.jsonl}, beside
   * which lies {@code tensors.safetensors}, and {@code errors.jsonl}}
   *
   * @param folder the folder
   * @throws fluxion.api.FormatException if a file is malformed
   */
  public static List<GoldenCase> in(Path folder) {
    return GoldenFiles.in(folder);
  }
}
