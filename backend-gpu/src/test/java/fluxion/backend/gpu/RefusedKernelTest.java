package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Fluxion;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.MissingPrimitiveException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kernels that a driver's compiler refuses, here because an option spoils a function in them. */
class RefusedKernelTest {
  private static final String OPTIONS = "fluxion.gpu.options";
  private static final String FALLBACK = "fluxion.watched.fallback";

  @BeforeEach
  void break_the_compiler() {
    System.setProperty(OPTIONS, "-Dreal_asinh=)");
  }

  @AfterEach
  void mend_it() {
    System.clearProperty(OPTIONS);
    System.clearProperty(FALLBACK);
  }

  @Test
  void it_is_told_which_primitive_of_which_device_is_missing_and_what_helps() {
    try (Watched watched = new Watched()) {
      Tensor x = Tensors.tensor(4f, 9f).to(Watched.DEVICE);
      for (int times = 0; times < 2; times++) {
        MissingPrimitiveException e = assertThrows(MissingPrimitiveException.class, x::asinh);
        assertTrue(
            e.getMessage()
                .startsWith(
                    "the device 'gpu' cannot do 'launch' (-Dfluxion.gpu.fallback=launch lets the"
                        + " processor do it instead, slowly): a kernel does not compile: "),
            e.getMessage());
      }
      assertArrayEquals(new float[] {8, 18}, x.add(x).toFloatArray());
      assertTrue(watched.count("launches") > 0);
    }
  }

  @Test
  void it_is_computed_by_the_processor_if_that_is_asked_for() {
    System.setProperty(FALLBACK, "launch,reduce");
    try (Watched watched = new Watched()) {
      Tensor x = Tensors.tensor(new float[][] {{4, 9}, {16, 25}});
      Tensor y = x.to(Watched.DEVICE);
      assertArrayEquals(x.t().asinh().toFloatArray(), y.t().asinh().toFloatArray());
      assertEquals(1, Fluxion.counters(Watched.DEVICE).get("fallback launch"));
      assertEquals(0, watched.count("launches"));
    }
  }
}
