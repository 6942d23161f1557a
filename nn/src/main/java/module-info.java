/** Layers, optimisers, checkpoints and data sets: an application library over the operators. */
module fluxion.nn {
  requires transitive fluxion.api;
  requires fluxion.ops.nn;
  requires static java.desktop; // pictures
  requires static org.jspecify;

  exports fluxion.nn;
  exports fluxion.nn.checkpoint;
  exports fluxion.nn.data;
  exports fluxion.nn.graph;
  exports fluxion.nn.models;
  exports fluxion.nn.norm;
  exports fluxion.nn.optim;
  exports fluxion.nn.sequence;
  exports fluxion.nn.spatial;
  exports fluxion.nn.training;
}
