/**
 * The programs that {@code ./fluxion} runs: the tutorials, and the training of a classifier.
 *
 * <p>They name the interfaces that they are written against; the engine, the operators and the
 * device are found as services on the module path.
 */
module fluxion.examples {
  requires fluxion.api;
  requires fluxion.nn;
  requires fluxion.ops.nn;
  requires static org.jspecify;
}
