/**
 * What applications compile against: tensors, their dtypes and devices, and automatic
 * differentiation.
 *
 * <p>The module computes nothing. An engine is found as a service when the first tensor is made;
 * operators and devices are found by the engine in the same way.
 */
module fluxion.api {
  requires static org.jspecify;

  exports fluxion.api;
  exports fluxion.api.spi;

  uses fluxion.api.spi.EngineProvider;
}
