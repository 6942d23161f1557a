package fluxion.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.Oracle;
import fluxion.conformance.fuzz.program.ProgramTarget;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.SpiVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs find what is wrong with a device, and a small program shows it. */
class WrongDeviceTest {
  private static final int MOST_PROGRAMS = 400;
  private static final Device WRONG = Device.of("wrong");

  /** The CPU, but for one element of what one primitive writes. */
  private record Wrong(String primitive) implements BackendProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "wrong device";
    }

    @Override
    public List<Device> devices() {
      return List.of(WRONG);
    }

    @Override
    public Backend open(Device device) {
      for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
        if (provider.devices().contains(Device.CPU)) {
          return wrong(provider.open(Device.CPU));
        }
      }
      throw new IllegalStateException("there is no CPU");
    }

    private Backend wrong(Backend cpu) {
      BiConsumer<String, Object[]> spoil =
          (name, arguments) -> {
            if (name.equals(primitive)) {
              Operand output = output(arguments);
              if (output != null && output.numel() > 16) {
                cpu.fill(last(output), Scalar.of(0));
              }
            }
          };
      return (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (proxy, method, arguments) -> {
                try {
                  Object result = method.invoke(cpu, arguments);
                  spoil.accept(method.getName(), arguments);
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private Operand output(Object[] arguments) {
      return switch (primitive) {
        case "launch" -> ((Operand[]) arguments[1])[0];
        case "gather" -> (Operand) arguments[3];
        default -> (Operand) arguments[2];
      };
    }

    private static Operand last(Operand output) {
      long place = output.offset();
      for (int d = 0; d < output.shape().dim(); d++) {
        place += (output.shape().size(d) - 1) * output.layout().stride(d);
      }
      return new Operand(output.buffer(), Shape.SCALAR, new long[0], place);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"launch", "matmul", "gather"})
  void a_wrong_last_element_is_found(String primitive) {
    try (Oracle oracle = Oracle.open();
        Registration registration = Registration.of(new Wrong(primitive))) {
      assertTrue(registration.refusal().isEmpty(), registration.refusal());
      Finding finding = finding(new ProgramTarget(WRONG, oracle.device()));
      long calls = finding.reproducer().lines().filter(line -> line.contains("Ops.call")).count();
      assertTrue(calls <= 2, finding.getMessage() + "\n" + finding.reproducer());
    }
  }

  private static Finding finding(ProgramTarget target) {
    for (int seed = 0; seed < MOST_PROGRAMS; seed++) {
      try {
        target.run(ByteSource.of(new SplittableRandom(seed)));
      } catch (Finding finding) {
        return finding;
      }
    }
    throw new AssertionError("nothing found in " + MOST_PROGRAMS + " programs");
  }
}
