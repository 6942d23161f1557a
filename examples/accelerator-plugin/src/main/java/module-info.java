/** One kernel for a device of somebody else's: softmax of few classes on the processor. */
module acme.softmax {
  requires fluxion.engine;
  requires java.management;

  provides fluxion.engine.spi.AcceleratorProvider with
      acme.softmax.AcmeAccelerators;
}
