package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes kernels at random, of all operations. */
final class RandomKernels {
  private static final DType[] ALL = DType.values();
  private static final DType[] FLOATS = {DType.FLOAT32, DType.FLOAT64};

  private final Random random;
  private final List<Expr> pool = new ArrayList<>();
  private final DType favourite;
  private final boolean onlyFavourite;
  private int scalars;

  private RandomKernels(Random random) {
    this.random = random;
    this.favourite = ALL[random.nextInt(ALL.length)].computeType();
    this.onlyFavourite = random.nextInt(3) == 0;
  }

  /**
   * {@return a kernel}
   *
   * @param random what decides
   * @param operations about how many operations it has
   */
  static Kernel next(Random random, int operations) {
    return new RandomKernels(random).make(operations);
  }

  private Kernel make(int operations) {
    int inputs = 1 + random.nextInt(4);
    for (int i = 0; i < inputs; i++) {
      DType type = onlyFavourite || random.nextInt(2) == 0 ? favourite : pick(ALL);
      Expr input = Expr.input(i + random.nextInt(10) / 9, type);
      if (pool.stream().noneMatch(e -> e.op() == ExprOp.INPUT && e.number() == input.number())) {
        pool.add(input);
      }
    }
    for (int i = 0; i < operations; i++) {
      pool.add(operation());
    }
    List<Expr> outputs = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Expr output = pool.get(pool.size() - 1 - random.nextInt(Math.min(4, pool.size())));
      outputs.add(
          !onlyFavourite && random.nextInt(5) == 0 && output.type().computeType() == output.type()
              ? output.cast(pick(ALL))
              : output);
    }
    return Kernel.of(outputs);
  }

  private Expr operation() {
    DType type = onlyFavourite || random.nextInt(4) > 0 ? favourite : pick(ALL).computeType();
    if (random.nextInt(6) == 0) {
      return condition();
    }
    if (random.nextInt(8) == 0) {
      return Expr.select(condition(), of(type), of(type));
    }
    if (type == DType.BOOL) {
      return logic(type);
    }
    if (!type.isFloatingPoint()) {
      return random.nextInt(3) == 0 ? logic(type) : whole(type);
    }
    if (random.nextInt(12) == 0) {
      Expr bits = of(type == DType.FLOAT32 ? DType.INT32 : DType.INT64);
      return bits.fromBits();
    }
    return number(type);
  }

  private Expr whole(DType type) {
    Expr a = of(type);
    return switch (random.nextInt(12)) {
      case 0 -> a.add(of(type));
      case 1 -> a.sub(of(type));
      case 2 -> a.mul(of(type));
      case 3 -> a.div(of(type));
      case 4 -> a.fmod(of(type));
      case 5 -> a.remainder(of(type));
      case 6 -> a.pow(of(type));
      case 7 -> a.min(of(type));
      case 8 -> a.max(of(type));
      case 9 -> a.neg();
      case 10 -> a.abs();
      default -> a.sign();
    };
  }

  private Expr logic(DType type) {
    Expr a = of(type);
    return switch (random.nextInt(type == DType.BOOL ? 4 : 6)) {
      case 0 -> a.and(of(type));
      case 1 -> a.or(of(type));
      case 2 -> a.xor(of(type));
      case 3 -> a.not();
      case 4 -> a.shl(count(type));
      default -> a.shr(count(type));
    };
  }

  private Expr count(DType type) {
    return random.nextBoolean()
        ? Expr.literal(type, (long) random.nextInt(10) * type.bytes())
        : of(type);
  }

  private Expr number(DType type) {
    Expr a = of(type);
    return switch (random.nextInt(30)) {
      case 0, 1, 2 -> a.add(of(type));
      case 3, 4 -> a.sub(of(type));
      case 5, 6, 7 -> a.mul(of(type));
      case 8 -> a.div(of(type));
      case 9 -> a.min(of(type));
      case 10 -> a.max(of(type));
      case 11 -> a.fmin(of(type));
      case 12 -> a.fmax(of(type));
      case 13 -> a.neg();
      case 14 -> a.abs();
      case 15 -> a.sign();
      case 16 -> a.fma(of(type), of(type));
      case 17 -> a.floor();
      case 18 -> a.ceil();
      case 19 -> a.round();
      case 20 -> a.trunc();
      case 21 -> a.sqrt();
      case 22 -> a.rsqrt();
      case 23 -> a.copysign(of(type));
      case 24 -> a.reciprocal();
      case 25 -> a.exp();
      case 26 -> a.tanh();
      default -> function(a, of(type));
    };
  }

  /** Functions that are mostly called an element at a time. */
  private Expr function(Expr a, Expr b) {
    return switch (random.nextInt(12)) {
      case 0 -> a.fmod(b);
      case 1 -> a.remainder(b);
      case 2 -> a.pow(b);
      case 3 -> a.atan2(b);
      case 4 -> a.sin();
      case 5 -> a.acos();
      case 6 -> a.lgamma();
      case 7 -> a.polygamma(1 + random.nextInt(2));
      case 8 -> a.log1p();
      case 9 -> a.hypot(b);
      case 10 -> a.sigmoid();
      default -> a.erf();
    };
  }

  private Expr condition() {
    DType type = onlyFavourite || random.nextBoolean() ? favourite : pick(ALL).computeType();
    Expr a = of(type);
    if (type.isFloatingPoint() && random.nextInt(4) == 0) {
      return switch (random.nextInt(3)) {
        case 0 -> a.isnan();
        case 1 -> a.isinf();
        default -> a.isfinite();
      };
    }
    Expr b = of(type);
    return switch (random.nextInt(6)) {
      case 0 -> a.eq(b);
      case 1 -> a.ne(b);
      case 2 -> a.lt(b);
      case 3 -> a.le(b);
      case 4 -> a.gt(b);
      default -> a.ge(b);
    };
  }

  /** Something of a dtype: from the pool, as it is or cast, or a constant or scalar. */
  private Expr of(DType type) {
    return switch (random.nextInt(12)) {
      case 0 -> literal(type);
      case 1 -> scalars < 4 ? Expr.scalar(scalars++, type) : literal(type);
      default -> fromPool(type);
    };
  }

  private Expr fromPool(DType type) {
    List<Expr> fitting = pool.stream().filter(e -> e.type() == type).toList();
    if (!fitting.isEmpty() && random.nextInt(8) > 0) {
      return fitting.get(fitting.size() - 1 - random.nextInt(Math.min(12, fitting.size())));
    }
    Expr any = pool.get(random.nextInt(pool.size()));
    boolean sameWidth =
        type == DType.INT32
            ? any.type() == DType.FLOAT32
            : type == DType.INT64 && any.type() == DType.FLOAT64;
    // The bits of a NaN are left open, so only numbers show theirs.
    return sameWidth && random.nextInt(8) == 0
        ? Expr.select(any.eq(any), any, Expr.literal(any.type(), 0)).bits()
        : any.cast(type);
  }

  private Expr literal(DType type) {
    if (type.isFloatingPoint()) {
      double[] values = {0, -0.0, 1, -1, 0.5, 3.25, 1e-40, 1e30, Double.NaN, 1 / 0.0, 100.7};
      return Expr.literal(type, values[random.nextInt(values.length)]);
    }
    return Expr.literal(type, random.nextBoolean() ? random.nextInt(9) - 3L : random.nextLong());
  }

  private DType pick(DType[] types) {
    return random.nextInt(10) == 0
        ? FLOATS[random.nextInt(2)]
        : types[random.nextInt(types.length)];
  }
}
