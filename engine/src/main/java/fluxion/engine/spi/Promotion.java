package fluxion.engine.spi;

/** How a pointwise function's dtypes follow from its inputs'. */
public enum Promotion {
  /** Computes in the inputs' common dtype, which is the result's. */
  PROMOTE,
  /** As {@link #PROMOTE}, but integers and bools are computed as float32. */
  INT_TO_FLOAT,
  /** Computes in the inputs' common dtype; the result is bool. */
  BOOL_RESULT,
  /** Computes in the first input's dtype, to which the others are cast. */
  SAME
}
