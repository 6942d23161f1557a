package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Primitives;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One of the three products that make up a convolution and its gradients. With an input {@code x
 * [N, C, size…]}, a weight {@code w [O, C / groups, kernel…]} and an output {@code y [N, O,
 * output…]}, all three are the derivatives of one form that is linear in each of {@code x}, {@code
 * w} and {@code y}, so the gradients of each are the two others. Windows are made into columns,
 * which are multiplied as matrices; a large batch is cut into blocks, so that the columns stay
 * small.
 *
 * @param windows how the kernel slides
 * @param groups into how many groups the channels are divided
 * @param part which of the three is computed
 */
record Convolution(Windows windows, long groups, Part part) implements Function {
  /** What is computed. */
  enum Part {
    /** {@code y} of {@code x}, {@code w} and, or null, a bias of each output channel. */
    OUTPUT,
    /** {@code x} of {@code y}, {@code w} and, or null, a bias of each input channel. */
    INPUT,
    /** {@code w} of {@code x} and {@code y}. */
    WEIGHT
  }

  private static final Tensor[] NONE = {};

  /**
   * How many elements the columns of one block have at most, unless those of one image are more.
   */
  private static final long BLOCK = 1L << 23;

  private static final PerDType<Kernel> PLUS_BIAS =
      new PerDType<>(
          dtype -> {
            DType compute = dtype.computeType();
            return Kernel.of(
                Expr.input(0, compute).add(Expr.input(1, dtype).cast(compute)).cast(dtype));
          });

  @Override
  public boolean keepsGradients() {
    return false;
  }

  private Convolution with(Part changed) {
    return new Convolution(windows, groups, changed);
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor first = Objects.requireNonNull(inputs[0]);
    Tensor second = Objects.requireNonNull(inputs[1]);
    if (ctx.needsGradient(1)) {
      ctx.saveInput(0);
    }
    if (ctx.needsGradient(0)) {
      ctx.saveInput(1);
    }
    return new Tensor[] {compute(first, second, inputs.length > 2 ? inputs[2] : null)};
  }

  /** What the forward computes, by an accelerator if the device has one. */
  Tensor compute(Tensor first, Tensor second, @Nullable Tensor bias) {
    Shape shape = Shape.of(sizes(first, second));
    fluxion.engine.spi.accelerator.Convolution accelerator =
        first.numel() == 0 || second.numel() == 0 || shape.numel() == 0
            ? null
            : accelerator(first, second, bias);
    if (accelerator == null) {
      return decomposed(first, second, bias);
    }
    Tensor result = Primitives.unspecified(shape, first.dtype(), first);
    accelerate(accelerator, first, second, bias, result);
    return result;
  }

  /** The device's own convolution, if it takes each of the operands. */
  private static fluxion.engine.spi.accelerator.@Nullable Convolution accelerator(
      @Nullable Tensor... operands) {
    fluxion.engine.spi.accelerator.Convolution accelerator = null;
    for (Tensor operand : operands) {
      if (operand != null) {
        accelerator =
            Primitives.accelerator(fluxion.engine.spi.accelerator.Convolution.class, operand)
                .orElse(null);
        if (accelerator == null || !accelerator.takes(operand.dtype())) {
          return null;
        }
      }
    }
    return accelerator;
  }

  /** By the primitives, where the device has no convolution of its own. */
  Tensor decomposed(Tensor first, Tensor second, @Nullable Tensor bias) {
    return switch (part) {
      case OUTPUT -> eachBlock(first, x -> output(x, second, bias), second);
      case INPUT -> eachBlock(first, y -> input(y, second, bias), second);
      case WEIGHT -> sumOfBlocks(first, second);
    };
  }

  /** The sizes of the result. */
  private long[] sizes(Tensor first, Tensor second) {
    return switch (part) {
      case OUTPUT -> Windows.join(new long[] {first.size(0), second.size(0)}, windows.output());
      case INPUT ->
          Windows.join(new long[] {first.size(0), second.size(1) * groups}, windows.size());
      case WEIGHT ->
          Windows.join(new long[] {second.size(1), first.size(1) / groups}, windows.kernel());
    };
  }

  private void accelerate(
      fluxion.engine.spi.accelerator.Convolution accelerator,
      Tensor first,
      Tensor second,
      @Nullable Tensor bias,
      Tensor result) {
    fluxion.engine.spi.accelerator.Convolution.Sliding sliding = windows.sliding(groups);
    Operand a = Primitives.operand(first);
    Operand b = Primitives.operand(second);
    Operand summand = bias == null ? null : Primitives.operand(bias);
    Operand target = Primitives.operand(result);
    switch (part) {
      case OUTPUT -> accelerator.output(sliding, a, b, summand, target);
      case INPUT -> accelerator.input(sliding, a, b, summand, target);
      case WEIGHT -> accelerator.weight(sliding, a, b, target);
    }
  }

  /** How many images make up a block. */
  private long block(long channels) {
    long columns = channels * Windows.product(windows.kernel()) * Windows.product(windows.output());
    return Math.max(1, BLOCK / Math.max(1, columns));
  }

  private static Tensor images(Tensor all, long from, long to) {
    return Primitives.alias(all, layout -> layout.slice(0, from, to, 1));
  }

  private Tensor eachBlock(Tensor images, UnaryOperator<Tensor> part, Tensor w) {
    long batch = images.size(0);
    long block = block(w.size(1) * groups);
    if (batch <= block) {
      return part.apply(images);
    }
    Tensor result = null;
    for (long from = 0; from < batch; from += block) {
      long start = from;
      long end = Math.min(batch, from + block);
      Tensor some = part.apply(images(images, start, end));
      if (result == null) {
        result = Primitives.zeros(some.shape().with(0, batch), some.dtype(), some);
      }
      Primitives.copy(some, images(result, start, end));
    }
    return Objects.requireNonNull(result);
  }

  private Tensor sumOfBlocks(Tensor x, Tensor y) {
    long batch = x.size(0);
    long block = block(x.size(1));
    Tensor sum = null;
    for (long from = 0; from < Math.max(batch, 1); from += block) {
      long end = Math.min(batch, from + block);
      Tensor some = weight(images(x, from, end), images(y, from, end));
      sum = sum == null ? some : sum.add(some);
    }
    return Objects.requireNonNull(sum);
  }

  private Tensor output(Tensor x, Tensor w, @Nullable Tensor bias) {
    long batch = x.size(0);
    long channels = w.size(0);
    long[] output = windows.output();
    long positions = Windows.product(output);
    long depth = w.size(1) * Windows.product(windows.kernel());
    Tensor columns = windows.of(x).reshape(batch, groups, depth, positions);
    Tensor rows = matrices(w, depth).expand(batch, groups, channels / groups, depth);
    Tensor product;
    if (bias == null) {
      product = Primitives.matmul(rows, columns);
    } else {
      Tensor[] summand = {bias.reshape(1, groups, channels / groups, 1)};
      product = Primitives.matmul(rows, columns, PLUS_BIAS.of(x.dtype()), summand);
    }
    return reshaped(product, Windows.join(new long[] {batch, channels}, output));
  }

  private Tensor input(Tensor y, Tensor w, @Nullable Tensor bias) {
    long batch = y.size(0);
    long channels = w.size(1) * groups;
    long[] kernel = windows.kernel();
    long[] output = windows.output();
    long positions = Windows.product(output);
    long depth = w.size(1) * Windows.product(kernel);
    long rows = w.size(0) / groups;
    Tensor transposed = matrices(w, depth).transpose(1, 2).expand(batch, groups, depth, rows);
    Tensor columns = Primitives.matmul(transposed, y.reshape(batch, groups, rows, positions));
    Tensor sum =
        windows.fold(reshaped(columns, Windows.join(new long[] {batch, channels}, kernel, output)));
    if (bias == null) {
      return sum;
    }
    long[] perChannel = new long[y.dim() - 1];
    Arrays.fill(perChannel, 1);
    perChannel[0] = channels;
    Tensor[] operands = {sum.to(sum.dtype().computeType()), bias.reshape(perChannel)};
    return Primitives.pointwise(PLUS_BIAS.of(sum.dtype()), operands)[0];
  }

  private Tensor weight(Tensor x, Tensor y) {
    int n = windows.dims().size();
    long batch = x.size(0);
    long perGroup = x.size(1) / groups;
    long channels = y.size(1);
    long[] kernel = windows.kernel();
    long[] output = windows.output();
    long positions = Windows.product(output);
    long depth = perGroup * Windows.product(kernel);
    // From [N, G, C / G, kernel…, output…] to [G, N · output, C / G · kernel].
    Tensor view =
        Primitives.alias(
            windows.of(x),
            layout -> {
              long[] sizes = Windows.join(new long[] {batch, groups, perGroup}, kernel, output);
              long[] strides = new long[sizes.length];
              strides[0] = layout.stride(0);
              strides[1] = layout.stride(1) * perGroup;
              for (int d = 2; d < strides.length; d++) {
                strides[d] = layout.stride(d - 1);
              }
              int[] order =
                  IntStream.concat(
                          IntStream.concat(IntStream.of(1, 0), IntStream.range(3 + n, 3 + 2 * n)),
                          IntStream.range(2, 3 + n))
                      .toArray();
              return Layout.of(Shape.of(sizes), strides, layout.offset()).permute(order);
            });
    Tensor columns = view.reshape(groups, batch * positions, depth);
    Tensor rows =
        y.reshape(batch, groups, channels / groups, positions)
            .permute(1, 2, 0, 3)
            .reshape(groups, channels / groups, batch * positions);
    return reshaped(
        Primitives.matmul(rows, columns, null, NONE),
        Windows.join(new long[] {channels, perGroup}, kernel));
  }

  /** A matrix for each group, {@code [groups, O / groups, depth]}. */
  private Tensor matrices(Tensor w, long depth) {
    return w.reshape(groups, w.size(0) / groups, depth);
  }

  /** A tensor that this forward has made, in another shape. */
  private static Tensor reshaped(Tensor made, long[] sizes) {
    return Primitives.alias(
        made, layout -> Objects.requireNonNull(layout.view(Shape.of(sizes)), "not contiguous"));
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = Objects.requireNonNull(gradOutputs[0]);
    @Nullable Tensor[] gradients = new @Nullable Tensor[ctx.inputCount()];
    if (ctx.needsGradient(0)) {
      Tensor second = ctx.input(1);
      gradients[0] =
          switch (part) {
            case OUTPUT -> Functions.apply(with(Part.INPUT), g, second, null);
            case INPUT -> Functions.apply(with(Part.OUTPUT), g, second, null);
            case WEIGHT -> Functions.apply(with(Part.INPUT), second, g, null);
          };
    }
    if (ctx.needsGradient(1)) {
      Tensor first = ctx.input(0);
      gradients[1] =
          switch (part) {
            case OUTPUT -> Functions.apply(with(Part.WEIGHT), first, g);
            case INPUT -> Functions.apply(with(Part.WEIGHT), g, first);
            case WEIGHT -> Functions.apply(with(Part.OUTPUT), first, g, null);
          };
    }
    if (gradients.length > 2 && ctx.needsGradient(2)) {
      gradients[2] = g.sum(IntStream.range(0, g.dim()).filter(d -> d != 1).toArray());
    }
    return gradients;
  }
}
