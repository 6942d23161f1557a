package fluxion.nn;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.ops.nn.LossReduction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Losses as layers; they print as PyTorch's modules of the same names. Weights of classes are
 * buffers of the layer, as there, and part of its state dict.
 *
 * {@snippet :
 * Loss criterion = Losses.crossEntropyLoss();
 * criterion.forward(model.call(x), target).backward();
 * }
 */
public final class Losses {
  private static final LossReduction MEAN = LossReduction.MEAN;

  private Losses() {}

  /** A loss by the name of its operator; the options come after the inputs. */
  private static Loss of(
      String name,
      String operator,
      int inputs,
      LossReduction reduction,
      Map<String, ? extends Object> options) {
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    options.forEach(
        (key, value) -> {
          if (value instanceof Tensor tensor) {
            buffers.put(key, tensor);
          }
        });
    Map<String, Object> named = new LinkedHashMap<>(options);
    named.put("reduction", reduction.text());
    Map<String, Object> fixed = Collections.unmodifiableMap(named);
    return new Loss(name, inputs, buffers, given -> Ops.call(operator, List.of(given), fixed));
  }

  /** Options by their names in turn; those that are null are left out. */
  private static Map<String, Object> with(@Nullable Object... options) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      Object value = options[i + 1];
      if (value != null) {
        map.put(String.valueOf(options[i]), value);
      }
    }
    return map;
  }

  // ---- classes

  /** {@return the mean cross entropy of logits and classes} */
  public static Loss crossEntropyLoss() {
    return crossEntropyLoss(null, -100, MEAN, 0);
  }

  /**
   * {@return the cross entropy of logits and classes, or probabilities of classes}
   *
   * @param weight a weight a class, or null
   * @param ignoreIndex the class that does not count
   * @param reduction what becomes of the losses
   * @param labelSmoothing the share of the target that is spread over all classes
   */
  public static Loss crossEntropyLoss(
      @Nullable Tensor weight, long ignoreIndex, LossReduction reduction, double labelSmoothing) {
    return of(
        "CrossEntropyLoss",
        "cross_entropy",
        2,
        reduction,
        with("weight", weight, "ignore_index", ignoreIndex, "label_smoothing", labelSmoothing));
  }

  /** {@return the mean negative log likelihood of log-probabilities and classes} */
  public static Loss nllLoss() {
    return nllLoss(null, -100, MEAN);
  }

  /**
   * {@return the negative log likelihood of log-probabilities and classes}
   *
   * @param weight a weight a class, or null
   * @param ignoreIndex the class that does not count
   * @param reduction what becomes of the losses
   */
  public static Loss nllLoss(@Nullable Tensor weight, long ignoreIndex, LossReduction reduction) {
    return of(
        "NLLLoss", "nll_loss", 2, reduction, with("weight", weight, "ignore_index", ignoreIndex));
  }

  /**
   * {@return the binary cross entropy of probabilities}
   *
   * @param weight a factor of each loss, or null
   * @param reduction what becomes of the losses
   */
  public static Loss bceLoss(@Nullable Tensor weight, LossReduction reduction) {
    return of("BCELoss", "binary_cross_entropy", 2, reduction, with("weight", weight));
  }

  /**
   * {@return the binary cross entropy of logits}
   *
   * @param weight a factor of each loss, or null
   * @param posWeight a factor of the positive examples, or null
   * @param reduction what becomes of the losses
   */
  public static Loss bceWithLogitsLoss(
      @Nullable Tensor weight, @Nullable Tensor posWeight, LossReduction reduction) {
    return of(
        "BCEWithLogitsLoss",
        "binary_cross_entropy_with_logits",
        2,
        reduction,
        with("weight", weight, "pos_weight", posWeight));
  }

  /**
   * {@return the margin by which the logit of the class exceeds the others}
   *
   * @param p the exponent, 1 or 2
   * @param margin the margin
   * @param weight a weight a class, or null
   * @param reduction what becomes of the losses
   */
  public static Loss multiMarginLoss(
      long p, double margin, @Nullable Tensor weight, LossReduction reduction) {
    return of(
        "MultiMarginLoss",
        "multi_margin_loss",
        2,
        reduction,
        with("p", p, "margin", margin, "weight", weight));
  }

  /**
   * {@return the margins by which the logits of several classes exceed the others}
   *
   * @param reduction what becomes of the losses
   */
  public static Loss multiLabelMarginLoss(LossReduction reduction) {
    return of("MultiLabelMarginLoss", "multilabel_margin_loss", 2, reduction, with());
  }

  /**
   * {@return the binary cross entropies of several labels, averaged}
   *
   * @param weight a weight a class, or null
   * @param reduction what becomes of the losses
   */
  public static Loss multiLabelSoftMarginLoss(@Nullable Tensor weight, LossReduction reduction) {
    return of(
        "MultiLabelSoftMarginLoss",
        "multilabel_soft_margin_loss",
        2,
        reduction,
        with("weight", weight));
  }

  /**
   * {@return the connectionist temporal classification of log-probabilities, targets, lengths of
   * inputs and lengths of targets}
   *
   * @param blank the class of no label
   * @param reduction what becomes of the losses
   * @param zeroInfinity whether infinite losses count as 0
   */
  public static Loss ctcLoss(long blank, LossReduction reduction, boolean zeroInfinity) {
    return of(
        "CTCLoss", "ctc_loss", 4, reduction, with("blank", blank, "zero_infinity", zeroInfinity));
  }

  // ---- numbers

  /**
   * {@return the squared differences}
   *
   * @param reduction what becomes of them
   */
  public static Loss mseLoss(LossReduction reduction) {
    return of("MSELoss", "mse_loss", 2, reduction, with());
  }

  /**
   * {@return the absolute differences}
   *
   * @param reduction what becomes of them
   */
  public static Loss l1Loss(LossReduction reduction) {
    return of("L1Loss", "l1_loss", 2, reduction, with());
  }

  /**
   * {@return differences squared where they are small, else absolute}
   *
   * @param reduction what becomes of them
   * @param beta from where on they are absolute
   */
  public static Loss smoothL1Loss(LossReduction reduction, double beta) {
    return of("SmoothL1Loss", "smooth_l1_loss", 2, reduction, with("beta", beta));
  }

  /**
   * {@return as {@link #smoothL1Loss}, times delta}
   *
   * @param reduction what becomes of them
   * @param delta from where on they are absolute
   */
  public static Loss huberLoss(LossReduction reduction, double delta) {
    return of("HuberLoss", "huber_loss", 2, reduction, with("delta", delta));
  }

  // ---- distributions

  /**
   * {@return the divergence of Kullback and Leibler of log-probabilities from a target}
   *
   * @param reduction what becomes of the losses
   * @param logTarget whether the target is of log-probabilities, too
   */
  public static Loss klDivLoss(LossReduction reduction, boolean logTarget) {
    return of("KLDivLoss", "kl_div", 2, reduction, with("log_target", logTarget));
  }

  /**
   * {@return the negative log likelihood of Poisson's distribution}
   *
   * @param logInput whether the input is the logarithm of the rate
   * @param full whether Stirling's term is added
   * @param eps what keeps a logarithm finite
   * @param reduction what becomes of the losses
   */
  public static Loss poissonNllLoss(
      boolean logInput, boolean full, double eps, LossReduction reduction) {
    return of(
        "PoissonNLLLoss",
        "poisson_nll_loss",
        2,
        reduction,
        with("log_input", logInput, "full", full, "eps", eps));
  }

  /**
   * {@return the negative log likelihood of normal distributions: of means, targets and variances}
   *
   * @param full whether the constant is added
   * @param eps the least variance
   * @param reduction what becomes of the losses
   */
  public static Loss gaussianNllLoss(boolean full, double eps, LossReduction reduction) {
    return of("GaussianNLLLoss", "gaussian_nll_loss", 3, reduction, with("full", full, "eps", eps));
  }

  // ---- likeness

  /**
   * {@return the loss of distances with labels 1 (near) and −1 (at least a margin)}
   *
   * @param margin the margin
   * @param reduction what becomes of the losses
   */
  public static Loss hingeEmbeddingLoss(double margin, LossReduction reduction) {
    return of("HingeEmbeddingLoss", "hinge_embedding_loss", 2, reduction, with("margin", margin));
  }

  /**
   * {@return log(1 + exp(−y · x)) with labels y of 1 and −1}
   *
   * @param reduction what becomes of the losses
   */
  public static Loss softMarginLoss(LossReduction reduction) {
    return of("SoftMarginLoss", "soft_margin_loss", 2, reduction, with());
  }

  /**
   * {@return the loss of two inputs' cosine with labels 1 (alike) and −1}
   *
   * @param margin from where on unlike ones cost
   * @param reduction what becomes of the losses
   */
  public static Loss cosineEmbeddingLoss(double margin, LossReduction reduction) {
    return of("CosineEmbeddingLoss", "cosine_embedding_loss", 3, reduction, with("margin", margin));
  }

  /**
   * {@return the loss of two inputs of which the label says whether the first is to be larger}
   *
   * @param margin by how much
   * @param reduction what becomes of the losses
   */
  public static Loss marginRankingLoss(double margin, LossReduction reduction) {
    return of("MarginRankingLoss", "margin_ranking_loss", 3, reduction, with("margin", margin));
  }

  /**
   * {@return the loss of anchors, of what is to be near them, and of what is to be far}
   *
   * @param margin by how much farther
   * @param p the norm of a distance
   * @param swap whether the distance of the examples counts where it is smaller
   * @param reduction what becomes of the losses
   */
  public static Loss tripletMarginLoss(
      double margin, double p, boolean swap, LossReduction reduction) {
    return of(
        "TripletMarginLoss",
        "triplet_margin_loss",
        3,
        reduction,
        with("margin", margin, "p", p, "swap", swap));
  }
}
