package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options of {@link LBFGS}: immutable, each method gives a changed copy. */
public final class LBFGSOptions extends OptimizerOptions<LBFGSOptions> {
  private static final String STRONG_WOLFE = "strong_wolfe";

  /**
   * Makes PyTorch's default options: learning rate 1, 20 iterations, 25 evaluations, tolerances
   * 1e-7 and 1e-9, a history of 100, no line search.
   */
  public LBFGSOptions() {
    super(defaults());
  }

  private static Map<String, @Nullable Object> defaults() {
    Map<String, @Nullable Object> values = new TreeMap<>();
    values.put("lr", 1L);
    values.put("max_iter", 20L);
    values.put("max_eval", null);
    values.put("tolerance_grad", 1e-7);
    values.put("tolerance_change", 1e-9);
    values.put("history_size", 100L);
    values.put("line_search_fn", null);
    return values;
  }

  private LBFGSOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected LBFGSOptions remade(Map<String, @Nullable Object> changed) {
    return new LBFGSOptions(changed);
  }

  /**
   * {@return these options with another number of iterations}
   *
   * @param maxIter how many iterations a step makes at most
   */
  public LBFGSOptions maxIter(Number maxIter) {
    return with("max_iter", maxIter);
  }

  /**
   * {@return these options with another end}
   *
   * @param toleranceGrad the largest element of a gradient that counts as zero
   */
  public LBFGSOptions toleranceGrad(Number toleranceGrad) {
    return with("tolerance_grad", toleranceGrad);
  }

  /**
   * {@return these options with another end}
   *
   * @param toleranceChange the change of loss or parameters that counts as none
   */
  public LBFGSOptions toleranceChange(Number toleranceChange) {
    return with("tolerance_change", toleranceChange);
  }

  /**
   * {@return these options with another history}
   *
   * @param historySize how many earlier steps are remembered
   */
  public LBFGSOptions historySize(Number historySize) {
    return with("history_size", historySize);
  }

  /**
   * {@return these options with another number of evaluations}
   *
   * @param maxEval how often a step evaluates the loss at most; 5/4 of the iterations by default
   */
  public LBFGSOptions maxEval(Number maxEval) {
    return with("max_eval", maxEval);
  }

  /** {@return these options with a line search that ends at the strong Wolfe conditions} */
  public LBFGSOptions strongWolfe() {
    return lineSearchFn(STRONG_WOLFE);
  }

  /**
   * {@return these options with a line search, or none}
   *
   * @param lineSearchFn {@code strong_wolfe}, or null for none
   */
  public LBFGSOptions lineSearchFn(@Nullable String lineSearchFn) {
    return with("line_search_fn", lineSearchFn);
  }

  /** These options with the number of evaluations worked out, as PyTorch's state dicts have it. */
  LBFGSOptions resolved() {
    return values().get("max_eval") == null ? maxEval(5 * (long) number("max_iter") / 4) : this;
  }

  @Override
  protected void check() {
    super.check();
    Object search = values().get("line_search_fn");
    if (search != null && !search.equals(STRONG_WOLFE)) {
      throw new ArgumentException("only 'strong_wolfe' is supported");
    }
  }
}
