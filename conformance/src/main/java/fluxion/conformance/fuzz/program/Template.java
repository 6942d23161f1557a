package fluxion.conformance.fuzz.program;

/** A kind of call that a program may get, if something in the draft fits. */
@FunctionalInterface
interface Template {
  /** Adds a call, and the leaves that it needs; nothing where nothing fits. */
  void addTo(Draft draft);
}
