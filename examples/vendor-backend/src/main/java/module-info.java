/** The device {@code acme}, found by the engine as a service. Nothing is exported. */
module acme.device {
  requires fluxion.engine;

  provides fluxion.engine.spi.BackendProvider with
      acme.device.AcmeBackendProvider;
}
