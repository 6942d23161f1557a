/** Tests that need real plugins together. */
open module fluxion.tests {
  requires fluxion.api;
  requires fluxion.engine;
  requires fluxion.examples;
  requires fluxion.ops.nn;
  requires fluxion.nn;
  requires fluxion.conformance;
  requires java.compiler;
  requires java.management;
  requires java.xml;
  requires jdk.jfr;
  requires org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires static org.jspecify;

  uses fluxion.engine.spi.BackendProvider;
  uses fluxion.engine.spi.FunctionProvider;
}
