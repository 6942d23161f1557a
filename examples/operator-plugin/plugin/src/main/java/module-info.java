/**
 * Two operators, found by the engine as a service. Nothing is exported: they are called by name.
 */
module acme.softplusplus {
  requires fluxion.engine;

  provides fluxion.engine.spi.FunctionProvider with
      acme.softplusplus.AcmeFunctions;
}
