/** An application that requires the API alone. */
module acme.line {
  requires fluxion.api;
}
