package fluxion.tests.random;

import static fluxion.api.Tensors.empty;
import static fluxion.api.Tensors.manualSeed;
import static fluxion.api.Tensors.normal;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.rand;
import static fluxion.api.Tensors.randLike;
import static fluxion.api.Tensors.randint;
import static fluxion.api.Tensors.randintLike;
import static fluxion.api.Tensors.randn;
import static fluxion.api.Tensors.randnLike;
import static fluxion.api.Tensors.randperm;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.FluxionException;
import fluxion.api.FormatException;
import fluxion.api.GradFn;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Random tensors through the public API, with numbers of PyTorch 1.13.1 after {@code
 * torch.manual_seed(42)}. All recorded streams are held by the tests of the engine's generator.
 */
class RandomTensorsTest {
  private static final TensorOptions FLOAT64 = TensorOptions.of(DType.FLOAT64);

  private static Tensor seeded(Supplier<Tensor> draw) {
    manualSeed(42);
    return draw.get();
  }

  private static void assertIntegers(Tensor tensor, DType dtype, long... expected) {
    assertEquals(dtype, tensor.dtype());
    assertArrayEquals(expected, tensor.toLongArray());
  }

  private static void assertStart(Tensor tensor, DType dtype, double... expected) {
    assertEquals(dtype, tensor.dtype());
    assertArrayEquals(expected, Arrays.copyOf(tensor.toDoubleArray(), expected.length));
  }

  private static void refused(
      Class<? extends FluxionException> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  @Test
  void integers_are_those_of_pytorch() {
    assertIntegers(
        seeded(() -> randint(0, 100, 10)), DType.INT64, 42, 67, 76, 14, 26, 35, 20, 24, 50, 13);
    assertIntegers(
        seeded(() -> randint(-5, 5, 2, 5)), DType.INT64, -3, 2, 1, -1, 1, 0, -5, -1, -5, -2);
    assertIntegers(
        seeded(() -> randint(0, 1L << 40, 2)), DType.INT64, 441507790259L, 395924837646L);
    assertIntegers(
        seeded(() -> randint(0, 100, TensorOptions.of(DType.INT32), 5)),
        DType.INT32,
        42,
        67,
        76,
        14,
        26);
    assertStart(
        seeded(() -> randint(0, 10, TensorOptions.of(DType.FLOAT32), 5)),
        DType.FLOAT32,
        2,
        7,
        6,
        4,
        6);
    assertIntegers(seeded(() -> randperm(10)), DType.INT64, 2, 6, 1, 8, 4, 5, 0, 9, 3, 7);
    assertIntegers(
        seeded(() -> randperm(10, TensorOptions.of(DType.UINT8))),
        DType.UINT8,
        2,
        6,
        1,
        8,
        4,
        5,
        0,
        9,
        3,
        7);
  }

  @Test
  void numbers_in_place_are_those_of_pytorch() {
    assertStart(
        seeded(() -> ones(10).uniform_(-2, 3)),
        DType.FLOAT32,
        2.411346435546875,
        2.5750198364257812);
    assertStart(
        seeded(() -> ones(8).normal_(1, 2)), DType.FLOAT32, 1.673380732536316, 1.25761878490448);
    assertStart(
        seeded(() -> normal(1, 2, FLOAT64, 20)),
        DType.FLOAT64,
        1.5991125755005275,
        1.4847555816178821);
    assertStart(
        seeded(() -> ones(20).bernoulli_(0.3)), DType.FLOAT32, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0);
    assertStart(
        seeded(() -> ones(10).exponential_()),
        DType.FLOAT32,
        0.05991401523351669,
        0.06497612595558167);
    assertStart(
        seeded(() -> ones(FLOAT64, 10).exponential_()),
        DType.FLOAT64,
        0.059914015690802146,
        0.0649761287933853);
    assertStart(seeded(() -> ones(5).random_()), DType.FLOAT32, 14801927, 15351016, 6423145);
    assertIntegers(
        seeded(() -> empty(TensorOptions.of(DType.INT64), 2).random_()),
        DType.INT64,
        6909045637428952499L,
        8314211556539077902L);
    assertStart(seeded(() -> ones(5).random_(10)), DType.FLOAT32, 2, 7, 6, 4, 6);
  }

  @Test
  void factories_in_place_and_like_draw_the_same() {
    float[] normals = seeded(() -> randn(3, 7)).toFloatArray();
    assertArrayEquals(normals, seeded(() -> ones(3, 7).normal_()).toFloatArray());
    assertArrayEquals(normals, seeded(() -> randnLike(ones(3, 7))).toFloatArray());
    assertArrayEquals(normals, seeded(() -> normal(0, 1, 3, 7)).toFloatArray());
    float[] uniforms = seeded(() -> rand(21)).toFloatArray();
    assertArrayEquals(uniforms, seeded(() -> ones(21).uniform_()).toFloatArray());
    assertArrayEquals(uniforms, seeded(() -> randLike(ones(21))).toFloatArray());
    assertArrayEquals(
        seeded(() -> randint(3, 9, 21)).toFloatArray(),
        seeded(() -> randintLike(ones(21), 3, 9)).toFloatArray());
  }

  @Test
  void values_do_not_depend_on_strides() {
    for (int i = 0; i < 2; i++) {
      boolean normals = i == 0;
      Tensor plain = ones(4, 8);
      Tensor turned = ones(8, 4).transpose(0, 1);
      seeded(() -> normals ? plain.normal_() : plain.uniform_());
      seeded(() -> normals ? turned.normal_() : turned.uniform_());
      assertArrayEquals(plain.toFloatArray(), turned.toFloatArray());
    }
    Tensor base = Tensors.zeros(3, 2);
    seeded(() -> base.select(1, 1).random_(100));
    assertArrayEquals(new float[] {0, 42, 0, 67, 0, 76}, base.toFloatArray());
  }

  @Test
  void uniform_numbers_of_narrow_types_stay_below_one() {
    for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
      double[] values = seeded(() -> rand(TensorOptions.of(dtype), 20_000)).toDoubleArray();
      assertTrue(DoubleStream.of(values).max().orElseThrow() < 1, dtype.toString());
      assertTrue(DoubleStream.of(values).max().orElseThrow() > 0.99, dtype.toString());
      assertEquals(0.5, DoubleStream.of(values).average().orElseThrow(), 0.02);
    }
  }

  @Test
  void every_dtype_takes_integers_and_ones() {
    for (DType dtype : DType.values()) {
      Tensor tensor = empty(TensorOptions.of(dtype), 200);
      long[] bits = seeded(() -> tensor.random_(0, 2)).toLongArray();
      assertEquals(1, Arrays.stream(bits).max().orElseThrow(), dtype.toString());
      assertEquals(0, Arrays.stream(bits).min().orElseThrow(), dtype.toString());
      long ones = Arrays.stream(seeded(() -> tensor.bernoulli_()).toLongArray()).sum();
      assertTrue(ones > 60 && ones < 140, dtype + ": " + ones);
      assertTrue(Arrays.stream(tensor.random_().toLongArray()).allMatch(x -> x >= 0));
    }
    assertArrayEquals(new float[] {1, 1}, ones(2).bernoulli_(1).toFloatArray());
    assertArrayEquals(new float[2], ones(2).bernoulli_(0).toFloatArray());
  }

  @Test
  void no_gradient_flows_through_numbers_in_place() {
    Tensor x = ones(3).requiresGrad_();
    Tensor y = x.mul(2.0);
    assertSame(y, y.uniform_());
    GradFn node = y.gradFn();
    assertNotNull(node);
    assertEquals("UniformBackward0", node.name());
    assertEquals(1, y.version());
    y.sum().backward();
    assertArrayEquals(new float[3], assertNotNullTensor(x.grad()).toFloatArray());
    assertTrue(randint(0, 3, TensorOptions.of(DType.FLOAT32).requiresGrad(true), 2).requiresGrad());
  }

  private static Tensor assertNotNullTensor(Tensor tensor) {
    assertNotNull(tensor);
    return tensor;
  }

  @Test
  void what_cannot_be_written_to_leaves_the_stream_as_it_was() {
    Tensor leaf = ones(2).requiresGrad_();
    byte[] before = Tensors.rngState();
    refused(
        AutogradException.class,
        "a leaf Variable that requires grad is being used in an in-place operation.",
        leaf::normal_);
    assertThrows(ArgumentException.class, () -> ones(1).expand(3).uniform_());
    assertArrayEquals(before, Tensors.rngState());
  }

  @Test
  void a_saved_state_continues_the_stream() {
    manualSeed(1099511627783L);
    assertEquals(1099511627783L, Tensors.initialSeed());
    randn(3);
    byte[] state = Tensors.rngState();
    float[] first = randn(30).toFloatArray();
    assertFalse(Arrays.equals(first, randn(30).toFloatArray()));
    Tensors.setRngState(state);
    assertArrayEquals(first, randn(30).toFloatArray());
    assertThrows(FormatException.class, () -> Tensors.setRngState(new byte[3]));
  }

  @Test
  void empty_tensors_draw_nothing() {
    byte[] state = Tensors.rngState();
    assertEquals(0, randn(0, 3).numel());
    assertEquals(0, randint(0, 5, 0).numel());
    assertEquals(0, randperm(0).numel());
    assertEquals(0, ones(2, 0).exponential_().numel());
    assertArrayEquals(state, Tensors.rngState());
  }

  @Test
  void parameters_out_of_range_are_refused() {
    refused(
        ArgumentException.class,
        "uniform_ expects to return a [from, to) range, but found from=2.0 > to=1.0",
        () -> ones(2).uniform_(2, 1));
    refused(
        ArgumentException.class,
        "normal expects std >= 0.0, but found std -1.0",
        () -> ones(2).normal_(0, -1));
    refused(
        ArgumentException.class,
        "exponential_ expects lambda > 0.0, but found lambda=0.0",
        () -> ones(2).exponential_(0));
    refused(
        ArgumentException.class,
        "bernoulli_ expects p to be in [0, 1], but got p=1.5",
        () -> ones(2).bernoulli_(1.5));
    refused(
        ArgumentException.class,
        "bernoulli_ expects p to be in [0, 1], but got p=NaN",
        () -> ones(2).bernoulli_(Double.NaN));
    refused(
        ArgumentException.class,
        "random_ expects 'from' to be less than 'to', but got from=5 >= to=5",
        () -> randint(5, 5, 3));
    refused(ArgumentException.class, "n must be non-negative, got -1", () -> randperm(-1));
  }

  @Test
  void integers_that_the_dtype_does_not_hold_are_refused() {
    refused(
        ArgumentException.class,
        "random_: from = -1 is out of bounds for torch.uint8, which holds the integers from 0 to"
            + " 255",
        () -> randint(-1, 5, TensorOptions.of(DType.UINT8), 3));
    refused(
        ArgumentException.class,
        "random_: to - 1 = 1099511627775 is out of bounds for torch.float32, which holds the"
            + " integers from -16777216 to 16777216",
        () -> ones(2).random_(0, 1L << 40));
    refused(
        ArgumentException.class,
        "random_: to - 1 = 299 is out of bounds for torch.uint8, which holds the integers from 0 to"
            + " 255",
        () -> randperm(300, TensorOptions.of(DType.UINT8)));
  }

  @Test
  void dtypes_that_do_not_follow_a_distribution_are_refused() {
    refused(
        DTypeException.class,
        "\"uniform_\" not implemented for 'Long'",
        () -> rand(TensorOptions.of(DType.INT64), 2));
    refused(
        DTypeException.class,
        "\"normal_\" not implemented for 'Bool'",
        () -> empty(TensorOptions.of(DType.BOOL), 2).normal_());
    refused(
        DTypeException.class,
        "\"exponential_\" not implemented for 'Int'",
        () -> empty(TensorOptions.of(DType.INT32), 2).exponential_());
    assertThrows(
        DTypeException.class, () -> randint(0, 2, TensorOptions.withGrad().dtype(DType.INT64), 2));
  }
}
