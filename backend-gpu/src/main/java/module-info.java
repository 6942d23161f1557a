import fluxion.backend.gpu.GpuBackendProvider;
import fluxion.engine.spi.BackendProvider;

/**
 * The devices {@code gpu}, {@code gpu:1}, …: OpenCL 1.2 through the JDK's own foreign functions.
 *
 * <p>It exports nothing and is found as a service. Start the JVM with {@code
 * --enable-native-access=fluxion.backend.gpu}.
 */
module fluxion.backend.gpu {
  requires static jdk.jfr;
  requires static org.jspecify;
  requires fluxion.engine;

  provides BackendProvider with
      GpuBackendProvider;
}
