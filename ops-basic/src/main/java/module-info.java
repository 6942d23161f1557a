import fluxion.engine.spi.FunctionProvider;
import fluxion.ops.basic.internal.BasicFunctions;

/** Arithmetic, comparisons, reductions, shape, indexing and linear algebra. */
module fluxion.ops.basic {
  requires transitive fluxion.api;
  requires fluxion.engine;
  requires static org.jspecify;

  exports fluxion.ops.basic;

  provides FunctionProvider with
      BasicFunctions;
}
