package fluxion.engine.spi;

import fluxion.api.DType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a reduction computes: elements mapped, combined, and the result mapped once more.
 *
 * <p>{@code out = after(fold(kind, before(inputs…)))}. The fold runs in {@code accumulator}, from
 * the kind's neutral element. {@code before} has one output of the accumulator's dtype and an input
 * for each operand; {@code after} has one output of the result's dtype and one input, the folded
 * value. Both may use the same runtime scalars.
 *
 * @param kind how two values combine
 * @param before the map of each element
 * @param accumulator the dtype in which values are combined
 * @param after the map of the result
 */
public record Reduction(Kind kind, Kernel before, DType accumulator, Kernel after) {
  /** How values combine. NaN wins over every number in MIN and MAX. */
  public enum Kind {
    /** Addition, from 0. */
    SUM,
    /** Multiplication, from 1. */
    PROD,
    /** The smallest, from +∞ or the largest integer. */
    MIN,
    /** The largest, from −∞ or the smallest integer. */
    MAX,
    /** Conjunction of truth values, from true. */
    ALL,
    /** Disjunction of truth values, from false. */
    ANY
  }

  /** Checks the components. */
  public Reduction {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(before);
    Objects.requireNonNull(accumulator);
    Objects.requireNonNull(after);
  }

  private static final int PLACES = 127;

  /** What {@link #of} made last: to put the same together again costs more than a small fold. */
  private static final @Nullable Reduction[] KNOWN = new @Nullable Reduction[PLACES];

  // Written out: a record's own are put together by the JVM at their first use, which takes long.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reduction reduction
        && kind == reduction.kind
        && accumulator == reduction.accumulator
        && before.equals(reduction.before)
        && after.equals(reduction.after);
  }

  @Override
  public int hashCode() {
    return ((kind.hashCode() * 31 + accumulator.hashCode()) * 31 + before.hashCode()) * 31
        + after.hashCode();
  }

  /**
   * {@return a reduction that only combines}
   *
   * @param kind how values combine
   * @param input the dtype of the elements
   * @param accumulator the dtype in which they are combined
   * @param output the dtype of the result
   */
  @SuppressWarnings("EnumOrdinal") // a place in a table of this run alone
  public static Reduction of(Kind kind, DType input, DType accumulator, DType output) {
    int code = kind.ordinal();
    code = code * 31 + input.ordinal();
    code = code * 31 + accumulator.ordinal();
    code = code * 31 + output.ordinal();
    int place = Math.floorMod(code, PLACES);
    Reduction known = KNOWN[place];
    if (known != null
        && known.kind == kind
        && known.before.inputType(0) == input
        && known.accumulator == accumulator
        && known.after.output(0).type() == output) {
      return known;
    }
    Reduction reduction =
        new Reduction(
            kind,
            Kernel.of(Expr.input(0, input).cast(accumulator)),
            accumulator,
            Kernel.of(Expr.input(0, accumulator).cast(output)));
    KNOWN[place] = reduction; // another thread's would be equal
    return reduction;
  }
}
