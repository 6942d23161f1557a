package fluxion.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.SpiVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device does not hold is not held against it. */
final class LackingDTypeTest {
  private static final Device NARROW = Device.of("narrow");

  /** The reference without some dtype. */
  private record Narrow(DType lacking) implements BackendProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "a device without " + lacking.shortName();
    }

    @Override
    public List<Device> devices() {
      return List.of(NARROW);
    }

    @Override
    public Backend open(Device device) {
      Backend all = new ReferenceBackendProvider().open(ReferenceBackendProvider.DEVICE);
      return (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (proxy, method, arguments) -> {
                if (method.getName().startsWith("allocate") && arguments[0] == lacking) {
                  throw new DTypeException("narrow has no " + lacking);
                }
                try {
                  return method.invoke(all, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  private static Verdict run(DType lacking, String id) {
    GoldenCase found =
        GoldenData.builtIn().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    try (Registration registration = Registration.of(new Narrow(lacking))) {
      assertEquals("", registration.refusal());
      return found.run(NARROW);
    }
  }

  @Test
  void a_case_with_a_tensor_of_a_dtype_that_the_device_lacks_is_unsupported() {
    assertEquals(
        Verdict.unsupported("the device 'narrow' has no uint8"), run(DType.UINT8, "gather.003"));
  }

  @Test
  void a_case_without_that_dtype_is_run() {
    assertEquals(Verdict.PASS, run(DType.INT16, "gather.003"));
  }
}
