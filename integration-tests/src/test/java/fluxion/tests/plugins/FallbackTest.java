package fluxion.tests.plugins;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.Fluxion;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.MissingPrimitiveException;
import fluxion.engine.spi.Registration;
import fluxion.ops.nn.Functional;
import fluxion.tests.support.StandIn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices that lack primitives, and what the processor computes for them if asked to. */
final class FallbackTest {
  private static final Device PARTIAL = Device.of("partial");
  private static final String PROPERTY = "fluxion.partial.fallback";
  private static final Set<String> PRIMITIVES =
      Set.of(
          "fill",
          "copy",
          "launch",
          "reduce",
          "argReduce",
          "scan",
          "matmul",
          "gather",
          "indexedGather",
          "scatter",
          "indexedScatter",
          "sort",
          "compact");

  @AfterEach
  void forget_the_property() {
    System.clearProperty(PROPERTY);
  }

  private static Registration lacking(Predicate<String> primitives) {
    return Registration.of(
        new StandIn(
            PARTIAL,
            (method, arguments) -> {
              if (primitives.test(method)) {
                throw new MissingPrimitiveException(PARTIAL, method, "it was left out");
              }
            }));
  }

  private static Tensor sorted() {
    return tensor(3f, 1f, 2f).to(PARTIAL).sort(0, false).values();
  }

  @Test
  void without_the_property_it_is_an_error_that_says_what_is_missing_and_what_helps() {
    try (var _ = lacking("sort"::equals)) {
      assertEquals(
          "the device 'partial' cannot do 'sort' (-Dfluxion.partial.fallback=sort lets the"
              + " processor do it instead, slowly): it was left out",
          assertThrows(MissingPrimitiveException.class, FallbackTest::sorted).getMessage());
      assertEquals(Map.of(), Fluxion.counters(PARTIAL));
    }
  }

  @Test
  void what_the_property_names_is_computed_by_the_processor_and_counted() {
    System.setProperty(PROPERTY, "copy, sort");
    try (var _ = lacking("sort"::equals)) {
      assertEquals(PARTIAL, sorted().device());
      assertArrayEquals(new float[] {1, 2, 3}, sorted().toFloatArray());
      assertEquals(Map.of("fallback sort", 2L), Fluxion.counters(PARTIAL));
    }
  }

  @Test
  void what_the_property_does_not_name_stays_an_error() {
    System.setProperty(PROPERTY, "scan");
    try (var _ = lacking("sort"::equals)) {
      assertThrows(MissingPrimitiveException.class, FallbackTest::sorted);
    }
  }

  @Test
  void a_name_that_is_no_primitives_is_told_when_the_device_is_opened() {
    System.setProperty(PROPERTY, "sort,srot");
    try (var _ = lacking("sort"::equals)) {
      DeviceException e = assertThrows(DeviceException.class, FallbackTest::sorted);
      assertTrue(
          e.getMessage()
              .contains("-Dfluxion.partial.fallback=sort,srot: there is no primitive 'srot'; name"),
          e.getMessage());
    }
  }

  /** Programs that need all primitives, on strided tensors and in place, too. */
  private static final List<Function<Device, Tensor>> PROGRAMS =
      List.of(
          device -> matrix(device).t().sort(0, true).indices(),
          device -> matrix(device).t().cumsum(1),
          device -> matrix(device).narrow(1, 1, 3).matmul(matrix(device).t().narrow(0, 0, 3)),
          device -> matrix(device).t().gather(0, tensor(0, 2, 1).to(device).expand(2, 3)),
          device -> matrix(device).argmax(1, false),
          device -> matrix(device).sum(0).exp(),
          device -> Ops.call("nonzero", matrix(device).gt(0)),
          device -> Tensors.fullLike(matrix(device), fluxion.api.Scalar.of(2.5)),
          device -> {
            Tensor x = matrix(device);
            x.t().narrow(0, 1, 2).mul_(-2);
            x.select(0, 1).fill_(7);
            x.get(0).copy_(x.get(2));
            return x;
          },
          device -> {
            Tensor x = matrix(device).detach().requiresGrad_();
            Tensor at = tensor(1, 1, 0).to(device);
            x.indexSelect(1, at)
                .mul(x.get(fluxion.api.Index.of(at)).narrow(1, 0, 3))
                .sum()
                .backward();
            return x.grad();
          },
          device -> {
            Tensor x = matrix(device).detach().requiresGrad_();
            Functional.crossEntropy(x, tensor(0, 3, 1).to(device)).backward();
            return x.grad();
          });

  private static Tensor matrix(Device device) {
    return tensor(new float[][] {{1, -2, 3, 0.5f}, {0, 4, -1, 2}, {2.5f, 1, 0, -3}}).to(device);
  }

  @Test
  void a_device_that_only_keeps_memory_computes_as_the_processor_does() {
    System.setProperty(PROPERTY, "all");
    try (var _ = lacking(PRIMITIVES::contains)) {
      for (Function<Device, Tensor> program : PROGRAMS) {
        Tensor found = program.apply(PARTIAL);
        assertEquals(PARTIAL, found.device());
        assertArrayEquals(
            program.apply(Device.CPU).toDoubleArray(), found.to(Device.CPU).toDoubleArray());
      }
      Set<String> counted = new TreeSet<>();
      for (String primitive : PRIMITIVES) {
        counted.add("fallback " + primitive);
      }
      assertEquals(counted, Fluxion.counters(PARTIAL).keySet());
    }
  }

  @Test
  void kernels_and_reductions_that_the_device_does_not_compile_are_compiled_elsewhere() {
    System.setProperty(PROPERTY, "launch,reduce,matmul");
    try (var _ = lacking("compile"::equals)) {
      Tensor x = tensor(1f, 2f, 3f).to(PARTIAL);
      assertArrayEquals(new float[] {2, 4, 6}, x.add(x).toFloatArray());
      assertEquals(6, x.sum().item());
      Tensor rows = x.expand(2, 3);
      Tensor bias = tensor(1f, 2f).to(PARTIAL);
      assertArrayEquals(
          new float[] {7, 8, 7, 8},
          Functional.linear(rows, Tensors.ones(2, 3).to(PARTIAL), bias).toFloatArray());
    }
  }

  @Test
  void a_kernel_that_the_device_does_not_compile_is_an_error_where_launching_is_not_named() {
    System.setProperty(PROPERTY, "sort");
    try (var _ = lacking("compile"::equals)) {
      Tensor x = tensor(1f, 2f, 3f).to(PARTIAL);
      assertThrows(MissingPrimitiveException.class, () -> x.add(x));
      assertThrows(MissingPrimitiveException.class, x::sum);
    }
  }

  @Test
  void an_index_that_is_out_of_range_is_refused_there_as_here() {
    System.setProperty(PROPERTY, "all");
    try (var _ = lacking("gather"::equals)) {
      Tensor x = matrix(PARTIAL);
      Tensor at = tensor(9).to(PARTIAL).expand(1, 4);
      assertThrows(IndexException.class, () -> x.gather(0, at));
    }
  }
}
