/** An application that knows tensors and the names of operators, and no plugin. */
module acme.application {
  requires fluxion.api;
}
