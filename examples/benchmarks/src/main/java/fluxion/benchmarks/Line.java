package fluxion.benchmarks;

/**
 * A line of the report: a row under a setting, and what was measured there. What was not is NaN.
 *
 * @param row the row
 * @param setting the setting
 * @param own Fluxion's figure
 * @param best the smallest figure of a peer
 * @param bestRatio how often the least of Fluxion's times goes into the least of the peers'
 * @param share how much of what the machine can do Fluxion does
 */
record Line(Row row, Setting setting, double own, double best, double bestRatio, double share) {
  /** How often Fluxion's figure goes into the best peer's. */
  double ratio() {
    return best / own;
  }

  boolean isMet() {
    return row.goal().isMet(ratio(), own, share);
  }
}
