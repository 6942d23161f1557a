package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds to results what their rounding may differ by from one right device to another.
 *
 * <p>Moves, comparisons and the operations that IEEE 754 rounds correctly may not differ at all,
 * but for the signs of NaNs. Elementary functions may by a few units in the last place, and sums by
 * as many of their largest term as they have terms.
 */
final class Rounding {
  private static final Set<String> EXACT =
      Set.of(
          ("transpose permute movedim unsqueeze squeeze flatten reshape unflatten select slice"
                  + " narrow expand split chunk split_with_sizes unbind contiguous clone to cat"
                  + " stack gather take_along_dim index_select copy zero fill masked_fill where"
                  + " add sub rsub mul div neg abs sign floor ceil trunc round square maximum"
                  + " minimum fmax fmin fmod clamp clamp_min clamp_max relu relu6 hardtanh"
                  + " hardshrink amax amin max min sqrt reciprocal flip fliplr flipud roll rot90"
                  + " tile repeat tril triu diag diag_embed diagflat hstack vstack dstack concat"
                  + " concatenate column_stack row_stack block_diag index index_copy index_fill"
                  + " masked_scatter masked_select slice_scatter select_scatter diagonal_scatter"
                  + " take put sort msort topk kthvalue median mode cummax cummin pad"
                  + " pixel_shuffle pixel_unshuffle channel_shuffle threshold dropout")
              .split(" "));

  /** Of those the ones whose gradient is rounded. */
  private static final Set<String> ROUNDED_GRADIENT =
      Set.of("mul", "div", "square", "sqrt", "reciprocal");

  /** Sums, and formulas in which terms may cancel. */
  private static final Set<String> CANCELLING =
      Set.of(
          ("sum mean var std var_mean std_mean norm prod softmax log_softmax mm mv matmul bmm dot"
                  + " linear addmm mse_loss l1_loss smooth_l1_loss huber_loss nll_loss"
                  + " cross_entropy binary_cross_entropy_with_logits silu gelu elu leaky_relu"
                  + " softplus mish logsigmoid tanhshrink hardswish selu celu softshrink remainder"
                  + " floor_divide")
              .split(" "));

  private static final double UNITS = 4;

  /** What an operator is that was sampled is not known: it may be many operations, one by one. */
  private static final double UNITS_OF_MANY = 16;

  private Rounding() {}

  /** The unit in the last place of 1. */
  static double unit(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      case FLOAT32 -> 0x1p-23;
      default -> 0x1p-52;
    };
  }

  /** The greatest finite number. */
  private static double greatest(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 65504;
      case BFLOAT16, FLOAT32 -> Float.MAX_VALUE;
      default -> Double.MAX_VALUE;
    };
  }

  /** The smallest number above 0. */
  static double smallest(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-24;
      case BFLOAT16 -> 0x1p-133;
      case FLOAT32 -> Float.MIN_VALUE;
      default -> Double.MIN_VALUE;
    };
  }

  private static double units(Statement.Call call) {
    return call.sampled() ? UNITS_OF_MANY : UNITS;
  }

  private static String name(Statement.Call call) {
    String name = call.operator();
    return call.inPlace() ? name.substring(0, name.length() - 1) : name;
  }

  /** Whether no right device may differ in a call's result. */
  static boolean isExact(Statement.Call call) {
    return EXACT.contains(name(call));
  }

  /**
   * Whether terms may cancel in a call's result or in its gradient: how far errors reach there,
   * only a call on disturbed arguments can tell.
   */
  static boolean mayCancel(Statement.Call call) {
    return !isExact(call) && (call.sampled() || CANCELLING.contains(name(call)));
  }

  /** Whether a result lies in the memory of an input; it may be a view of memory of its own. */
  static boolean sharesMemory(Tensor result, List<Tensor> inputs) {
    return inputs.stream().anyMatch(input -> input.untypedStorage() == result.untypedStorage());
  }

  /** Disturbs the result of a call, in its memory, unseen by differentiation. */
  static void disturb(
      Statement.Call call, int statement, Tensor result, List<Tensor> inputs, Noise noise) {
    boolean given = call.sampled() && !call.inPlace() && sharesMemory(result, inputs);
    if (!result.dtype().isFloatingPoint() || isExact(call) || given) {
      return;
    }
    double unit = units(call) * unit(result.dtype());
    double absolute = 0;
    boolean open = false;
    if (mayCancel(call)) {
      double largest = largest(inputs);
      long terms = 1;
      for (Tensor input : inputs) {
        terms = Math.max(terms, input.numel());
      }
      double bound = terms * (largest + largest * largest);
      absolute = unit * bound;
      // a partial sum may overflow, which is another infinity than the sum's, or none
      open = bound > greatest(result.dtype());
    }
    double[] values = result.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double error = unit * Math.abs(values[i]) + absolute + underflow(values[i], result.dtype());
      if (open) {
        values[i] = overflow(noise);
      } else if (Double.isFinite(values[i])) {
        values[i] += noise.at(statement, i) * error;
      }
    }
    Tensor disturbed =
        Tensors.tensor(
            values, result.shape(), TensorOptions.of(result.dtype()).device(result.device()));
    result.data().copy_(disturbed);
  }

  /** What a sum may come to of which a part overflows: all that compares otherwise. */
  private static double overflow(Noise noise) {
    return switch (noise) {
      case UP -> Double.NaN;
      case DOWN -> Double.NEGATIVE_INFINITY;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  /**
   * Gives all NaNs of a result one sign or the other: two right devices may differ in it, so what
   * reads it ({@code signbit}, {@code copysign}, the bits) decides nothing.
   */
  static void turnNaNs(Statement.Call call, Tensor result, List<Tensor> inputs, Noise noise) {
    boolean given = !call.inPlace() && sharesMemory(result, inputs);
    if (!result.dtype().isFloatingPoint() || given || (noise != Noise.UP && noise != Noise.DOWN)) {
      return;
    }
    Tensor data = result.data();
    Tensor isNaN = Ops.call("isnan", data);
    if (Arrays.stream(isNaN.toDoubleArray()).anyMatch(nan -> nan != 0)) {
      Tensor turned = Ops.call("copysign", data, noise == Noise.UP ? 1.0 : -1.0);
      data.copy_(Ops.call("where", isNaN, turned, data));
    }
  }

  private static double largest(List<Tensor> inputs) {
    double largest = 0;
    for (Tensor input : inputs) {
      if (input.dtype().isFloatingPoint()) {
        largest =
            Math.max(
                largest,
                Arrays.stream(input.toDoubleArray())
                    .map(Math::abs)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(0));
      }
    }
    return largest;
  }

  /**
   * Disturbs every gradient that arrives at a tensor.
   *
   * @param unit the coarsest unit in the last place of the program: a gradient may be cast to that
   *     dtype before it is summed
   */
  static void disturbGradient(int statement, Tensor tensor, Noise noise, DoubleSupplier unit) {
    tensor.registerHook(
        gradient -> disturbedGradient(statement, gradient, noise, UNITS * unit.getAsDouble()));
  }

  /**
   * An argument of a call, through which gradients pass, with rounding errors in one use of it.
   *
   * @param unit the coarsest unit in the last place of the program
   */
  static Tensor operand(
      Statement.Call call, Tensor input, int number, Noise noise, DoubleSupplier unit) {
    if (!input.dtype().isFloatingPoint() || input.numel() == 0) {
      return input;
    }
    if (mayCancel(call)) {
      return disturbed(input, number, noise, units(call) * unit(input.dtype()));
    }
    if (!input.requiresGrad() || (isExact(call) && !ROUNDED_GRADIENT.contains(name(call)))) {
      return input;
    }
    Tensor use = input.mul(1.0);
    disturbGradient(number, use, noise, unit);
    return use;
  }

  private static Tensor disturbed(Tensor tensor, int number, Noise noise, double unit) {
    double[] factors = tensor.toDoubleArray();
    double[] terms = new double[factors.length];
    for (int i = 0; i < factors.length; i++) {
      terms[i] = noise.at(number, i) * underflow(factors[i], tensor.dtype());
      factors[i] = 1 + noise.at(number, i) * unit;
    }
    TensorOptions options = TensorOptions.of(tensor.dtype()).device(tensor.device());
    return tensor
        .mul(Tensors.tensor(factors, tensor.shape(), options))
        .add(Tensors.tensor(terms, tensor.shape(), options));
  }

  /** The error of a number so near to 0 that a part of it is nothing. */
  private static double underflow(double value, DType dtype) {
    boolean tiny = value != 0 && Math.abs(value) < smallest(dtype) / unit(dtype);
    return tiny ? UNITS * smallest(dtype) : 0;
  }

  private static @Nullable Tensor disturbedGradient(
      int statement, @Nullable Tensor gradient, Noise noise, double unit) {
    if (gradient == null) {
      return null;
    }
    return disturbed(gradient, -1 - statement, noise, unit);
  }
}
