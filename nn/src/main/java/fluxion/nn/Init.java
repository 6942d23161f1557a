package fluxion.nn;

import fluxion.api.Autograd;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Initialisers, as {@code torch.nn.init} has them.
 *
 * <p>Each fills a tensor in place, unrecorded, and gives it back. Random ones draw from the default
 * generator: the numbers are those of PyTorch after the same seed, up to rounding.
 */
public final class Init {
  /** Which side of a map keeps the variance of what passes. */
  public enum Fan {
    /** The number of inputs of an output: the forward pass keeps its variance. */
    IN,
    /** The number of outputs of an input: the backward pass does. */
    OUT
  }

  /** What follows a map, by which a gain makes up for what it takes of the variance. */
  public enum Nonlinearity {
    /** Nothing: gain 1. */
    LINEAR,
    /** A sigmoid: gain 1. */
    SIGMOID,
    /** A hyperbolic tangent: gain 5/3. */
    TANH,
    /** {@code max(x, 0)}: gain √2. */
    RELU,
    /** With a slope a below 0: gain √(2 / (1 + a²)). */
    LEAKY_RELU,
    /** Self-normalising: gain 3/4. */
    SELU;

    /**
     * {@return the gain}
     *
     * @param slope the slope below 0 of {@link #LEAKY_RELU}; others do without
     */
    public double gain(double slope) {
      return switch (this) {
        case LINEAR, SIGMOID -> 1;
        case TANH -> 5.0 / 3;
        case RELU -> Math.sqrt(2);
        case LEAKY_RELU -> Math.sqrt(2 / (1 + slope * slope));
        case SELU -> 3.0 / 4;
      };
    }
  }

  private Init() {}

  private static Tensor unrecorded(Tensor tensor, Consumer<Tensor> change) {
    try (var _ = Autograd.noGrad()) {
      change.accept(tensor);
    }
    return tensor;
  }

  /**
   * Fills a tensor from the uniform distribution over [from, to).
   *
   * @param tensor the tensor
   * @param from the lower bound
   * @param to the upper bound
   * @return the tensor
   */
  public static Tensor uniform_(Tensor tensor, double from, double to) {
    return unrecorded(tensor, t -> t.uniform_(from, to));
  }

  /**
   * Fills a tensor from a normal distribution.
   *
   * @param tensor the tensor
   * @param mean its mean
   * @param std its standard deviation
   * @return the tensor
   */
  public static Tensor normal_(Tensor tensor, double mean, double std) {
    return unrecorded(tensor, t -> t.normal_(mean, std));
  }

  /**
   * Fills a tensor from a normal distribution of which only [least, most] is left, by the inverse
   * of its cumulative distribution function.
   *
   * @param tensor the tensor
   * @param mean the mean before values are cut off
   * @param std the standard deviation before
   * @param least the least value
   * @param most the greatest value
   * @return the tensor
   */
  public static Tensor truncNormal_(
      Tensor tensor, double mean, double std, double least, double most) {
    double from = Ops.call("special_ndtr", Tensors.tensor((least - mean) / std)).item();
    double to = Ops.call("special_ndtr", Tensors.tensor((most - mean) / std)).item();
    return unrecorded(
        tensor,
        t -> {
          t.uniform_(2 * from - 1, 2 * to - 1);
          Ops.call("erfinv_", t);
          t.mul_(std * Math.sqrt(2)).add_(mean).clamp_(least, most);
        });
  }

  /**
   * Fills a tensor with one value.
   *
   * @param tensor the tensor
   * @param value the value
   * @return the tensor
   */
  public static Tensor constant_(Tensor tensor, double value) {
    return unrecorded(tensor, t -> t.fill_(value));
  }

  /**
   * Fills a tensor with ones.
   *
   * @param tensor the tensor
   * @return the tensor
   */
  public static Tensor ones_(Tensor tensor) {
    return constant_(tensor, 1);
  }

  /**
   * Fills a tensor with zeros.
   *
   * @param tensor the tensor
   * @return the tensor
   */
  public static Tensor zeros_(Tensor tensor) {
    return constant_(tensor, 0);
  }

  /**
   * Makes a matrix the identity, as far as it goes.
   *
   * @param tensor a matrix
   * @return the tensor
   */
  public static Tensor eye_(Tensor tensor) {
    if (tensor.dim() != 2) {
      throw new ShapeException("Only tensors with 2 dimensions are supported");
    }
    TensorOptions options = TensorOptions.of(tensor.dtype()).device(tensor.device());
    return unrecorded(tensor, t -> t.copy_(Tensors.eye(tensor.size(0), tensor.size(1), options)));
  }

  // ---- by the number of inputs and outputs

  /**
   * {@return the number of inputs of an output, or of outputs of an input}
   *
   * @param shape {@code [out, in, …]}, the trailing sizes those of a kernel
   * @param fan which of them
   * @throws ShapeException if there are fewer than two dimensions
   */
  public static long fan(Shape shape, Fan fan) {
    if (shape.dim() < 2) {
      throw new ShapeException(
          "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
    }
    long field = 1;
    for (int d = 2; d < shape.dim(); d++) {
      field *= shape.size(d);
    }
    return shape.size(fan == Fan.IN ? 1 : 0) * field;
  }

  private static double xavier(Tensor tensor, double gain) {
    Shape shape = tensor.shape();
    return gain * Math.sqrt(2.0 / (fan(shape, Fan.IN) + fan(shape, Fan.OUT)));
  }

  /**
   * Fills a tensor uniformly between ±gain · √(6 / (inputs + outputs)): Glorot and Bengio,
   * <i>Understanding the difficulty of training deep feedforward neural networks</i>, 2010.
   *
   * @param tensor {@code [out, in, …]}
   * @param gain a factor
   * @return the tensor
   */
  public static Tensor xavierUniform_(Tensor tensor, double gain) {
    double bound = Math.sqrt(3.0) * xavier(tensor, gain);
    return uniform_(tensor, -bound, bound);
  }

  /**
   * As {@link #xavierUniform_(Tensor, double)}, with gain 1.
   *
   * @param tensor {@code [out, in, …]}
   * @return the tensor
   */
  public static Tensor xavierUniform_(Tensor tensor) {
    return xavierUniform_(tensor, 1);
  }

  /**
   * Fills a tensor normally with deviation gain · √(2 / (inputs + outputs)), from the same source.
   *
   * @param tensor {@code [out, in, …]}
   * @param gain a factor
   * @return the tensor
   */
  public static Tensor xavierNormal_(Tensor tensor, double gain) {
    return normal_(tensor, 0, xavier(tensor, gain));
  }

  /**
   * As {@link #xavierNormal_(Tensor, double)}, with gain 1.
   *
   * @param tensor {@code [out, in, …]}
   * @return the tensor
   */
  public static Tensor xavierNormal_(Tensor tensor) {
    return xavierNormal_(tensor, 1);
  }

  private static double kaiming(Tensor tensor, double slope, Fan fan, Nonlinearity after) {
    return after.gain(slope) / Math.sqrt((double) fan(tensor.shape(), fan));
  }

  /**
   * Fills a tensor uniformly between ±gain · √(3 / fan): He and others, <i>Delving deep into
   * rectifiers</i>, 2015. An empty tensor is left.
   *
   * @param tensor {@code [out, in, …]}
   * @param slope the slope below 0, for {@link Nonlinearity#LEAKY_RELU}
   * @param fan which side keeps its variance
   * @param after what follows
   * @return the tensor
   */
  public static Tensor kaimingUniform_(Tensor tensor, double slope, Fan fan, Nonlinearity after) {
    if (tensor.numel() == 0) {
      return tensor;
    }
    double bound = Math.sqrt(3.0) * kaiming(tensor, slope, fan, after);
    return uniform_(tensor, -bound, bound);
  }

  /**
   * Fills a tensor normally with deviation gain / √fan, from the same source. An empty tensor is
   * left.
   *
   * @param tensor {@code [out, in, …]}
   * @param slope the slope below 0, for {@link Nonlinearity#LEAKY_RELU}
   * @param fan which side keeps its variance
   * @param after what follows
   * @return the tensor
   */
  public static Tensor kaimingNormal_(Tensor tensor, double slope, Fan fan, Nonlinearity after) {
    return tensor.numel() == 0 ? tensor : normal_(tensor, 0, kaiming(tensor, slope, fan, after));
  }

  /**
   * Fills a tensor, seen as a matrix of its first size and all others, with rows or columns that
   * are orthonormal times a gain: Saxe and others, 2013.
   *
   * @param tensor a tensor of at least two dimensions
   * @param gain a factor
   * @return the tensor
   */
  public static Tensor orthogonal_(Tensor tensor, double gain) {
    if (tensor.dim() < 2) {
      throw new ShapeException("Only tensors with 2 or more dimensions are supported");
    }
    if (tensor.numel() == 0) {
      return tensor;
    }
    long rows = tensor.size(0);
    long columns = tensor.numel() / rows;
    return unrecorded(
        tensor,
        t -> {
          Tensor drawn =
              Tensors.randn(TensorOptions.of(t.dtype()).device(t.device()), rows, columns);
          List<Tensor> qr =
              Ops.callAll("linalg_qr", List.of(rows < columns ? drawn.t() : drawn), Map.of());
          Tensor q = qr.get(0).mul(qr.get(1).diagonal(0, 0, 1).sign());
          Tensor values = rows < columns ? q.t() : q;
          t.copy_(values.reshape(t.shape().toArray())).mul_(gain);
        });
  }
}
