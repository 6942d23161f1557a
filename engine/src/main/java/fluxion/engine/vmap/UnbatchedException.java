package fluxion.engine.vmap;

import fluxion.api.FluxionException;
import java.io.Serial;
import java.util.Locale;

/** A batched tensor met something that has no rule for it. */
public final class UnbatchedException extends FluxionException {
  @Serial private static final long serialVersionUID = 1;

  /** Whether the message names an operator, or the program's own use of values. */
  private final boolean named;

  private UnbatchedException(String message, boolean named) {
    super(message);
    this.named = named;
  }

  /**
   * {@return this error, of an operator if it was not yet}
   *
   * @param operator the operator that the program has called
   */
  public UnbatchedException in(String operator) {
    return named ? this : of(operator);
  }

  /**
   * {@return the error of an operator}
   *
   * @param name the operator's name
   */
  public static UnbatchedException of(String name) {
    return new UnbatchedException(
        "vmap: Batching rule not implemented for "
            + name
            + ". Batched are pointwise operators, views, reductions, running results, sorting,"
            + " products of matrices, gathering and scattering, and what is composed of these; call"
            + " it outside of vmap, or on one slice after the other",
        true);
  }

  /**
   * {@return the error of a function}
   *
   * @param nodeName the name of the function's node, such as {@code LinalgQrBackward0}
   */
  public static UnbatchedException ofNode(String nodeName) {
    return of(
        nodeName
            .replaceFirst("Backward\\d*$", "")
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT));
  }

  /** {@return the error of a read of a batched tensor's values} */
  static UnbatchedException ofRead() {
    return new UnbatchedException(
        "vmap: It looks like you're calling .item() on a Tensor, or reading its values, or an"
            + " operator does so whose result depends on them. We don't support vmap over calling"
            + " .item() on a Tensor, please try to rewrite what you're doing with other"
            + " operations",
        false);
  }

  /** {@return the error of a decision by a batched tensor's value} */
  public static UnbatchedException ofDecision() {
    return new UnbatchedException(
        "vmap: It looks like you're attempting to use a Tensor in some data-dependent control flow."
            + " We don't support that yet",
        false);
  }

  /** {@return the error of a write into a tensor that does not range over what is written} */
  static UnbatchedException ofWrite(String operator) {
    return new UnbatchedException(
        "vmap: "
            + operator
            + "(self, *extra_args) is not possible because there exists a Tensor `other` in"
            + " extra_args that has more elements than `self`. This happened due to `other` being"
            + " vmapped over but `self` not being vmapped over. Please try to use out-of-place"
            + " operators instead of "
            + operator
            + ".",
        true);
  }

  /** {@return the error of a recorded write into memory from outside the function} */
  static UnbatchedException ofRecordedWrite(String operator) {
    return new UnbatchedException(
        "vmap: "
            + operator
            + " writes into an input of the function, of which gradients are wanted."
            + " This is not supported. Please try to use out-of-place operators instead of "
            + operator
            + ".",
        true);
  }
}
