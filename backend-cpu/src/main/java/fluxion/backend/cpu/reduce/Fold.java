package fluxion.backend.cpu.reduce;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;

/**
 * Combines values of one kind in arrays of one type, the <em>carrier</em>: {@code float[]} for
 * float32 and the 16-bit floats, {@code double[]} for float64, {@code long[]} for integers and
 * truth values, which wrap to their dtype when they are stored.
 *
 * <p>Everything comes down to {@link #rows}: lanes are rows of as many columns as there are lanes.
 */
public abstract class Fold {
  /** The elements of a block where the last dimension is reduced. */
  public static final int LANE_BLOCK = 16_384;

  /** The rows of a block elsewhere. */
  public static final int ROW_BLOCK = 256;

  private final Reduction.Kind kind;

  Fold(Reduction.Kind kind) {
    this.kind = kind;
  }

  /**
   * {@return the fold of a kind}
   *
   * @param kind how values combine
   * @param accumulator the dtype in which they do
   */
  public static Fold of(Reduction.Kind kind, DType accumulator) {
    boolean rounds = kind == Reduction.Kind.SUM || kind == Reduction.Kind.PROD;
    return switch (accumulator) {
      case FLOAT32 -> made(new FloatFold(kind));
      case FLOAT64 -> made(new DoubleFold(kind));
      // the extremes of 16-bit floats are among them
      case FLOAT16, BFLOAT16 ->
          rounds ? made(new HalfFold(kind, accumulator)) : made(new FloatFold(kind));
      default -> made(new LongFold(kind, accumulator));
    };
  }

  /** Takes any object, as the verifier would load the folds of all dtypes to see that they fit. */
  private static Fold made(Object fold) {
    return (Fold) fold;
  }

  /**
   * {@return the dtype whose arrays carry the values of an accumulator}
   *
   * @param accumulator the dtype in which values combine
   */
  public static DType carrier(DType accumulator) {
    return switch (accumulator) {
      case FLOAT32, FLOAT16, BFLOAT16 -> DType.FLOAT32;
      case FLOAT64 -> DType.FLOAT64;
      default -> DType.INT64;
    };
  }

  /** {@return how values combine} */
  final Reduction.Kind kind() {
    return kind;
  }

  /** {@return the number of lanes; a sequence of no more elements has the bits of the plain one} */
  public int lanes() {
    return 32;
  }

  /**
   * {@return a new array of the carrier}
   *
   * @param n its length
   */
  abstract Object array(int n);

  /** Sets {@code n} accumulators to the neutral element. */
  abstract void neutral(Object accumulators, int at, int n);

  /**
   * Combines rows into accumulators, one a column, in the order of the rows: {@code a[at + c] =
   * a[at + c] ∘ x[from + c·columnStep] ∘ x[from + step + c·columnStep] ∘ …}.
   *
   * <p>The rows lie apart from the accumulators.
   */
  abstract void rows(
      Object accumulators,
      int at,
      Object values,
      int from,
      int step,
      int columnStep,
      int rows,
      int columns);

  /** Combines whole rows of all lanes that lie one after another. */
  void laneRows(Object lanes, Object values, int from, int rows) {
    rows(lanes, 0, values, from, lanes(), 1, rows, lanes());
  }

  /** {@return the same fold with vectors, if it has any} */
  public Fold vectors() {
    return this;
  }

  /** {@return how many whole blocks in a row {@link #blocks} takes, or 0 if it takes none} */
  int blocksAtOnce() {
    return 0;
  }

  /**
   * Folds some whole blocks of lanes.
   *
   * @param results takes the results
   * @param at where the first result goes
   * @param values an array of the carrier, in which each block's elements lie one after another
   * @param from the first element of the first block
   * @param step from one block to the next, in blocks, and from one result to the next
   */
  void blocks(Object results, int at, Object values, int from, int step) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " takes no whole blocks");
  }

  /**
   * Folds a sequence in order, from the neutral element, and stores the result.
   *
   * @param target an array of the carrier
   * @param at where the result goes
   * @param values an array of the carrier
   * @param from the first element
   * @param step the step from one to the next
   * @param n how many
   */
  public abstract void sequence(Object target, int at, Object values, int from, int step, int n);

  /** Stores results; every NaN becomes the same one. */
  abstract void store(Object target, int at, int step, Object results, int from, int n);
}
