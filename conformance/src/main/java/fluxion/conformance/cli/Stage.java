package fluxion.conformance.cli;

/** What a worker is at. */
enum Stage {
  /** It starts, and finds out what there is to judge. */
  STARTING,
  /** It lists a unit's checks. */
  LISTING,
  /** It runs a check. */
  CHECKING,
  /** It is between two checks, or asks a unit what it is. */
  BETWEEN
}
