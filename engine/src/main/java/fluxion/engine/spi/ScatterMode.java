package fluxion.engine.spi;

/** How a scattered value meets the one that is there. Duplicates combine in index order. */
public enum ScatterMode {
  /** The last one stays. */
  SET,
  /** Addition. */
  ADD,
  /** Multiplication. */
  MUL,
  /** The smaller; NaN wins. */
  MIN,
  /** The larger; NaN wins. */
  MAX
}
