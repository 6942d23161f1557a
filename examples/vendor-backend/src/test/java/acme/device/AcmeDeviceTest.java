package acme.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.IndexException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

/** The device as an application sees it: found by the engine, by its name. */
class AcmeDeviceTest {
  private static final Device ACME = Device.of("acme");

  @Test
  void tensors_are_moved_to_it_computed_and_moved_back() {
    Tensor x = Tensors.tensor(1f, 2f, 3f).to(ACME).requiresGrad_();
    Tensor y = x.mul(x).exp().sum();
    y.backward();
    assertEquals(ACME, x.grad().device());
    assertArrayEquals(
        new double[] {2 * Math.exp(1), 4 * Math.exp(4), 6 * Math.exp(9)},
        x.grad().to(Device.CPU).toDoubleArray(),
        1e-2);
  }

  @Test
  void a_product_of_matrices_has_gradients() {
    Tensor a = Tensors.tensor(new float[][] {{1, 2, 3}, {4, 5, 6}}).to(ACME).requiresGrad_();
    Tensor b = Tensors.tensor(new float[][] {{1, 0}, {0, 1}, {1, 1}}).to(ACME);
    a.matmul(b).sum().backward();
    assertArrayEquals(new double[] {1, 1, 2, 1, 1, 2}, a.grad().toDoubleArray());
  }

  @Test
  void a_dtype_that_it_does_not_declare_is_refused_by_name() {
    DTypeException e =
        assertThrows(DTypeException.class, () -> Tensors.tensor(1f).to(DType.FLOAT16).to(ACME));
    assertEquals(
        "'acme' stores no torch.float16; convert to one of"
            + " [torch.bool, torch.int64, torch.float32, torch.float64]",
        e.getMessage());
  }

  @Test
  void more_memory_than_there_is_is_refused_and_nothing_is_lost() {
    assertThrows(DeviceException.class, () -> new AcmeBackend().allocate(DType.FLOAT32, 1L << 40));
    assertEquals(3.0, Tensors.tensor(1f, 2f).to(ACME).sum().item());
  }

  @Test
  void an_index_out_of_range_changes_nothing() {
    Tensor x = Tensors.tensor(1f, 2f, 3f).to(ACME);
    Tensor index = Tensors.tensor(0L, 3L).to(ACME);
    assertThrows(IndexException.class, () -> x.gather(0, index));
    assertArrayEquals(new double[] {1, 2, 3}, x.toDoubleArray());
  }

  @Test
  void another_device_is_not_opened() {
    DeviceException e =
        assertThrows(
            DeviceException.class, () -> new AcmeBackendProvider().open(Device.of("acme:1")));
    assertEquals("there is no device 'acme:1'; Acme has only 'acme'", e.getMessage());
  }
}
