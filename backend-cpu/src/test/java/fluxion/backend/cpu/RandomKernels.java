package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes kernels of random operations, dtypes, leaves and sharing. */
final class RandomKernels {
  private static final List<DType> DTYPES = List.of(DType.values());

  private static final DType[] COMPUTE = {
    DType.FLOAT32,
    DType.FLOAT64,
    DType.INT64,
    DType.INT32,
    DType.INT16,
    DType.INT8,
    DType.UINT8,
    DType.BOOL
  };

  private final Random random;
  private final List<Expr> nodes = new ArrayList<>();

  private RandomKernels(Random random) {
    this.random = random;
  }

  /**
   * {@return a kernel}
   *
   * @param random the source of choices
   * @param inputs how many inputs it has at most
   * @param operations how many operations it has at most
   * @param outputs how many outputs it has
   * @param indices how many dimensions have indices that it may read
   */
  static Kernel make(Random random, int inputs, int operations, int outputs, int indices) {
    RandomKernels kernels = new RandomKernels(random);
    kernels.leaves(inputs, indices);
    for (int i = 0; i < operations; i++) {
      kernels.nodes.add(kernels.operation());
    }
    Expr[] results = new Expr[outputs];
    for (int k = 0; k < outputs; k++) {
      int last = kernels.nodes.size();
      results[k] = kernels.nodes.get(random.nextInt(4) == 0 ? random.nextInt(last) : last - 1 - k);
    }
    return Kernel.of(results);
  }

  private void leaves(int inputs, int indices) {
    for (int i = 0; i < inputs; i++) {
      nodes.add(Expr.input(i, DTYPES.get(random.nextInt(DTYPES.size()))));
    }
    for (int d = 0; d < indices; d++) {
      nodes.add(Expr.index(d));
    }
    nodes.add(Expr.scalar(0, compute()));
    nodes.add(Expr.scalar(1, compute()));
    nodes.add(Expr.literal(DType.FLOAT32, 0.75));
    nodes.add(Expr.literal(DType.INT32, 3));
  }

  private DType compute() {
    return COMPUTE[random.nextInt(COMPUTE.length)];
  }

  private Expr any() {
    // mostly recent ones, so that expressions grow deep
    int size = nodes.size();
    return nodes.get(
        random.nextBoolean() ? random.nextInt(size) : size - 1 - random.nextInt(Math.min(size, 4)));
  }

  /** {@return a value of a compute dtype} */
  private Expr of(DType type) {
    for (int i = 0; i < 5; i++) {
      Expr node = any();
      if (node.type() == type) {
        return node;
      }
    }
    return any().cast(type);
  }

  private Expr operation() {
    DType type = compute();
    if (random.nextInt(6) == 0) {
      return any().cast(DTYPES.get(random.nextInt(DTYPES.size())));
    }
    if (random.nextInt(8) == 0) {
      return Expr.select(of(DType.BOOL), of(type), of(type));
    }
    if (random.nextInt(6) == 0) {
      return comparison(of(type), of(type));
    }
    Expr a = of(type);
    Expr b = of(type);
    if (type == DType.BOOL) {
      return truth(a, b);
    }
    if (random.nextInt(2) == 0) {
      return number(a, b);
    }
    return type.isFloatingPoint() ? floating(a, b) : integral(a, b);
  }

  private Expr comparison(Expr a, Expr b) {
    if (a.type().isFloatingPoint() && random.nextInt(3) == 0) {
      return switch (random.nextInt(3)) {
        case 0 -> a.isnan();
        case 1 -> a.isinf();
        default -> a.isfinite();
      };
    }
    return switch (random.nextInt(6)) {
      case 0 -> a.eq(b);
      case 1 -> a.ne(b);
      case 2 -> a.lt(b);
      case 3 -> a.le(b);
      case 4 -> a.gt(b);
      default -> a.ge(b);
    };
  }

  private Expr truth(Expr a, Expr b) {
    return switch (random.nextInt(4)) {
      case 0 -> a.and(b);
      case 1 -> a.or(b);
      case 2 -> a.xor(b);
      default -> a.not();
    };
  }

  private Expr number(Expr a, Expr b) {
    return switch (random.nextInt(14)) {
      case 0 -> a.add(b);
      case 1 -> a.sub(b);
      case 2 -> a.mul(b);
      case 3 -> a.div(b);
      case 4 -> a.fmod(b);
      case 5 -> a.remainder(b);
      case 6 -> a.pow(b);
      case 7 -> a.min(b);
      case 8 -> a.max(b);
      case 9 -> a.fmin(b);
      case 10 -> a.fmax(b);
      case 11 -> a.neg();
      case 12 -> a.abs();
      default -> a.sign();
    };
  }

  private Expr floating(Expr a, Expr b) {
    return switch (random.nextInt(20)) {
      case 0 -> a.fma(b, of(a.type()));
      case 1 -> a.floor();
      case 2 -> a.ceil();
      case 3 -> a.round();
      case 4 -> a.trunc();
      case 5 -> a.abs().sqrt();
      case 6 -> a.abs().rsqrt();
      case 7 -> a.reciprocal();
      case 8 -> a.exp();
      case 9 -> a.abs().log();
      case 10 -> a.sin();
      case 11 -> a.tanh();
      case 12 -> a.erf();
      case 13 -> a.sigmoid();
      case 14 -> a.softplus();
      case 15 -> a.polygamma(1 + random.nextInt(2));
      case 16 -> a.atan2(b);
      case 17 -> a.xlogy(b.abs());
      case 18 -> a.hypot(b);
      default -> a.copysign(b);
    };
  }

  private Expr integral(Expr a, Expr b) {
    return switch (random.nextInt(6)) {
      case 0 -> a.and(b);
      case 1 -> a.or(b);
      case 2 -> a.xor(b);
      case 3 -> a.not();
      case 4 -> a.shl(b);
      default -> a.shr(b);
    };
  }
}
