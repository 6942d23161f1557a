package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Some of the kit's rules on Oclgrind, each launch awaited: they hold there, and its log stays
 * empty. What it finds changes no result, so that is asserted.
 */
class OclgrindTest {
  private static final String STYLE = "fluxion.gpu.style";

  /** Rules on the simulator, with kernels as for graphics cards or for processors. */
  abstract static class Simulated extends DeviceRules {
    private final String style;

    Simulated(String style, String rules, String cases) {
      super(rules, cases);
      this.style = style;
    }

    @BeforeEach
    void nothing_was_found_before() {
      Simulator.require();
      assertEquals("", Simulator.found());
    }

    @AfterEach
    void nothing_was_found() {
      assertEquals("", Simulator.found());
    }

    @Override
    public BackendProvider provider() {
      Simulator.require();
      return new Styled(style);
    }
  }

  /** The devices, opened for kernels of a style. */
  private record Styled(String style) implements BackendProvider {
    @Override
    public int spiVersion() {
      return new GpuBackendProvider().spiVersion();
    }

    @Override
    public String name() {
      return new GpuBackendProvider().name();
    }

    @Override
    public List<Device> devices() {
      return new GpuBackendProvider().devices();
    }

    @Override
    public Backend open(Device device) {
      return open(device, style);
    }

    static GpuBackend open(Device device, String style) {
      Capabilities found = Devices.all().get(device.index());
      String before = System.setProperty(STYLE, style);
      try {
        return Simulator.open(device, Capabilities.of(found.platform(), found.id()));
      } finally {
        if (before == null) {
          System.clearProperty(STYLE);
        } else {
          System.setProperty(STYLE, before);
        }
      }
    }
  }

  private static String foundIn(String source) {
    Simulator.require();
    assertEquals("", Simulator.found());
    try (GpuBackend backend = Styled.open(new Device("gpu", 0), "card")) {
      GpuBuffer memory = (GpuBuffer) backend.allocate(DType.INT32, 4);
      backend
          .runtime()
          .compiler()
          .compile(source, "faulty")
          .launch("faulty", new Arguments().buffer(memory), new long[] {4}, new long[] {4});
      backend.synchronize();
    }
    return Simulator.found();
  }

  @Test
  void a_kernel_that_writes_out_of_bounds_is_found() {
    String found =
        foundIn("__kernel void faulty(__global int* x) { x[get_global_id(0) + 1000] = 1; }\n");
    assertTrue(found.contains("Invalid write of size 4"), found);
  }

  @Test
  void a_kernel_whose_work_items_race_is_found() {
    String found =
        foundIn("__kernel void faulty(__global int* x) { x[0] = (int)get_global_id(0); }\n");
    assertTrue(found.contains("data race"), found);
  }

  @Nested
  class FoldsOfNothing extends Simulated {
    FoldsOfNothing() {
      super("card", "B-402", "float32");
    }
  }

  @Nested
  class ProductsOverNothing extends Simulated {
    ProductsOverNothing() {
      super("card", "B-505", "float32");
    }
  }

  @Nested
  @Tag("full")
  class Products extends Simulated {
    Products() {
      super("card", "B-503", "float32");
    }
  }

  @Nested
  @Tag("full")
  class Indexing extends Simulated {
    Indexing() {
      super("card", "B-60?", "float32");
    }
  }

  @Nested
  @Tag("full")
  class Reductions extends Simulated {
    Reductions() {
      super("card", "B-401", "float32");
    }
  }

  @Nested
  @Tag("full")
  class Copies extends Simulated {
    Copies() {
      super("card", "B-109", "float16");
    }
  }

  @Nested
  @Tag("full")
  class Kernels extends Simulated {
    Kernels() {
      super("card", "B-205", "float32");
    }
  }

  @Nested
  @Tag("full")
  class Scans extends Simulated {
    Scans() {
      super("card", "B-43?", "float32");
    }
  }

  @Nested
  @Tag("full")
  class Sorting extends Simulated {
    Sorting() {
      super("card", "B-621", "float32");
    }
  }

  @Nested
  @Tag("full")
  class ExtremePlaces extends Simulated {
    ExtremePlaces() {
      super("card", "B-42?", "float32");
    }
  }

  @Nested
  @Tag("full")
  class Batches extends Simulated {
    Batches() {
      super("card", "B-504", "float32");
    }
  }

  @Nested
  @Tag("full")
  class ProcessorReductions extends Simulated {
    ProcessorReductions() {
      super("processor", "B-401", "float32");
    }
  }

  @Nested
  @Tag("full")
  class ProcessorScans extends Simulated {
    ProcessorScans() {
      super("processor", "B-43?", "float32");
    }
  }

  @Nested
  @Tag("full")
  class ProcessorProducts extends Simulated {
    ProcessorProducts() {
      super("processor", "B-503", "float32");
    }
  }

  @Nested
  @Tag("full")
  class ProcessorIndexing extends Simulated {
    ProcessorIndexing() {
      super("processor", "B-60?", "float32");
    }
  }

  @Nested
  @Tag("full")
  class ProcessorKernels extends Simulated {
    ProcessorKernels() {
      super("processor", "B-205", "float32");
    }
  }
}
