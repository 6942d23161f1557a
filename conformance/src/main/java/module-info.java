/**
 * The conformance kit: what an operator author or a backend vendor runs to know that a plugin is
 * right.
 *
 * <p>The kit provides no service, so that it can stand among a plugin's test dependencies without
 * changing what the plugin's tests find.
 */
module fluxion.conformance {
  requires transitive fluxion.api;
  requires transitive fluxion.engine;
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports fluxion.conformance;
  exports fluxion.conformance.faulty;
  exports fluxion.conformance.fuzz;
  exports fluxion.conformance.reference;
  exports fluxion.conformance.suite;

  // to find what the command judges, and to make further providers of it, as the engine would
  uses fluxion.engine.spi.BackendProvider;
  uses fluxion.engine.spi.FunctionProvider;
}
