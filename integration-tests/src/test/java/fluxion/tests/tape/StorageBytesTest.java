package fluxion.tests.tape;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.MemoryException;
import fluxion.api.Shape;
import fluxion.api.Storage;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Memory as bytes, and bytes as tensors. */
class StorageBytesTest {
  private static byte[] bytes(Storage storage, long from, int size) {
    byte[] bytes = new byte[size];
    storage.copyTo(from, MemorySegment.ofArray(bytes));
    return bytes;
  }

  private static Tensor of(DType dtype, int count, byte... bytes) {
    return Tensors.fromBytes(
        MemorySegment.ofArray(bytes), Shape.of(count), TensorOptions.of(dtype));
  }

  @Test
  void a_view_shows_the_whole_storage_that_it_shares() {
    Tensor x = tensor(new int[] {1, 2, 0x01020304, 4});
    Storage storage = x.narrow(0, 1, 2).untypedStorage();
    assertSame(x.untypedStorage(), storage);
    assertNotSame(x.clone().untypedStorage(), storage);
    assertEquals(4, storage.elements());
    assertArrayEquals(new byte[] {4, 3, 2, 1, 4, 0, 0, 0}, bytes(storage, 2, 8));
    assertArrayEquals(new byte[0], bytes(storage, 4, 0));
  }

  @Test
  void bytes_come_back_as_they_were_in_each_dtype() {
    byte[] bytes = new byte[16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (37 * i + 200);
    }
    for (DType dtype : DType.values()) {
      byte[] given = dtype == DType.BOOL ? new byte[] {1, 0, 0, 1} : bytes;
      int count = given.length / dtype.bytes();
      assertArrayEquals(given, bytes(of(dtype, count, given).untypedStorage(), 0, given.length));
    }
  }

  @Test
  void many_bytes_go_piece_by_piece() {
    byte[] many = new byte[(1 << 18) + 4];
    for (int i = 0; i < many.length; i++) {
      many[i] = (byte) (i ^ (i >> 8) ^ (i >> 16));
    }
    Tensor x = of(DType.INT32, many.length / 4, many);
    assertArrayEquals(many, bytes(x.untypedStorage(), 0, many.length));
    byte[] end = new byte[many.length - 8];
    System.arraycopy(many, 8, end, 0, end.length);
    assertArrayEquals(end, bytes(x.untypedStorage(), 2, end.length));
  }

  @Test
  void what_is_no_truth_value_is_refused() {
    assertEquals(
        "a truth value is 0 or 1, but element 2 is 255",
        assertThrows(
                ArgumentException.class, () -> of(DType.BOOL, 3, (byte) 1, (byte) 0, (byte) -1))
            .getMessage());
  }

  @Test
  void what_is_not_in_the_storage_is_refused() {
    Storage storage = tensor(1f, 2f, 3f).untypedStorage();
    for (long from : new long[] {-1, 2, 4}) {
      assertEquals(
          "8 bytes from element " + from + " on are no elements of a storage of 3 torch.float32",
          assertThrows(ArgumentException.class, () -> bytes(storage, from, 8)).getMessage());
    }
    assertEquals(
        "6 bytes from element 0 on are no elements of a storage of 3 torch.float32",
        assertThrows(ArgumentException.class, () -> bytes(storage, 0, 6)).getMessage());
  }

  @Test
  void a_closed_tensor_has_no_storage() {
    Tensor x = tensor(1f, 2f);
    x.close();
    assertThrows(MemoryException.class, x::untypedStorage);
  }
}
