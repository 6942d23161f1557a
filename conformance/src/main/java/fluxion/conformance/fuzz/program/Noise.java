package fluxion.conformance.fuzz.program;

/** How each rounding error of a run is chosen. Two right devices differ no more than such runs. */
enum Noise {
  /** There are no errors but the device's own. */
  NONE,
  /** Every error is the largest upwards. */
  UP,
  /** Every error is the largest downwards. */
  DOWN,
  /** Errors of some sizes. */
  MIXED,
  /** Errors of other sizes. */
  OTHERWISE_MIXED;

  /** The error of an element, from −1 to 1 of the largest. */
  double at(int statement, int element) {
    return switch (this) {
      case NONE -> 0;
      case UP -> 1;
      case DOWN -> -1;
      case MIXED -> mixed(statement, element, 1);
      case OTHERWISE_MIXED -> mixed(statement, element, 2);
    };
  }

  private static double mixed(int statement, int element, int salt) {
    long mixed = (statement * 0x9E3779B97F4A7C15L + element) * 0xBF58476D1CE4E5B9L + salt;
    mixed = (mixed ^ mixed >>> 29) * 0x94D049BB133111EBL;
    // halves, so that an error of four units is one of whole units
    return (int) (mixed >>> 61) % 5 / 2.0 - 1;
  }
}
