import fluxion.backend.cpu.CpuBackendProvider;
import fluxion.engine.spi.BackendProvider;

/**
 * The device {@code cpu}: every primitive in plain Java on heap arrays.
 *
 * <p>It exports nothing and is found as a service.
 */
module fluxion.backend.cpu {
  requires static jdk.jfr;
  requires static org.jspecify;
  requires fluxion.engine;
  requires jdk.incubator.vector;

  provides BackendProvider with
      CpuBackendProvider;
}
