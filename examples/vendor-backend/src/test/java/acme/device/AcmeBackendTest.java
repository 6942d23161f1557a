package acme.device;

import fluxion.conformance.BackendConformance;
import fluxion.conformance.Profile;
import fluxion.conformance.suite.Settings;
import fluxion.conformance.suite.Settings.Effort;
import fluxion.engine.spi.BackendProvider;

/** The rules that every backend is held to, at the error bounds that this one claims. */
class AcmeBackendTest implements BackendConformance {
  @Override
  public BackendProvider provider() {
    return new AcmeBackendProvider();
  }

  @Override
  public Settings settings() {
    return Settings.DEFAULT.withProfile(Profile.BASIC).withEffort(Effort.QUICK);
  }
}
