package fluxion.tests.support;

import fluxion.api.Device;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.SpiVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Offers a device that computes as the CPU does, unless something else is done before.
 *
 * @param device the device's name
 * @param before sees each call, and may refuse it
 */
public record StandIn(Device device, Before before) implements BackendProvider {
  /** What is done before a call. */
  @FunctionalInterface
  public interface Before {
    /**
     * Sees a call.
     *
     * @param method the name of the backend's method
     * @param arguments its arguments
     */
    void call(String method, List<?> arguments);
  }

  /** A device that only has another name. */
  public StandIn(Device device) {
    this(device, (method, arguments) -> {});
  }

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "stand-in";
  }

  @Override
  public List<Device> devices() {
    return List.of(device);
  }

  @Override
  public Backend open(Device ignored) {
    Backend cpu =
        ServiceLoader.load(BackendProvider.class).findFirst().orElseThrow().open(Device.CPU);
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              before.call(
                  method.getName(),
                  arguments == null ? List.of() : java.util.Arrays.asList(arguments));
              try {
                return method.invoke(cpu, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
