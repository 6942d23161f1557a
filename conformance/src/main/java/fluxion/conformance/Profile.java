package fluxion.conformance;

/** How exact a backend claims to be. */
public enum Profile {
  /** The error bounds of the OpenCL C full profile: what every backend must hold. */
  BASIC,
  /** Elementary functions within 1 ULP in their primary range and 2 elsewhere. */
  TIGHT
}
