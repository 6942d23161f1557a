package fluxion.engine.spi;

/** How a scan combines each element with those before it. */
public enum ScanKind {
  /** Running sum. */
  SUM,
  /** Running product. */
  PROD,
  /** Running maximum; NaN wins, and of equal values the last. */
  MAX,
  /** Running minimum; NaN wins, and of equal values the last. */
  MIN
}
