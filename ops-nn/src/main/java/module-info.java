import fluxion.engine.spi.FunctionProvider;
import fluxion.ops.nn.internal.NnFunctions;

/** Activations, softmax, losses, the linear map and optimiser steps. */
module fluxion.ops.nn {
  requires transitive fluxion.api;
  requires fluxion.engine;
  requires static org.jspecify;

  exports fluxion.ops.nn;

  provides FunctionProvider with
      NnFunctions;
}
