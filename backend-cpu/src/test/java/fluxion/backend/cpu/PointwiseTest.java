package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PointwiseTest {
  private static final Scalar[] NONE = {};
  private final CpuBackend backend = new CpuBackend();

  private static Expr in(int i, DType dtype) {
    return Expr.input(i, dtype);
  }

  @Test
  void addsInEveryComputeDtypeAndLayout() {
    long[] sizes = {4, 7, 13};
    double[] a = Samples.small(364, 1);
    double[] b = Samples.small(364, 2);
    double[] sum = new double[364];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    for (DType dtype : DType.values()) {
      if (dtype.computeType() != dtype || dtype == DType.BOOL) {
        continue;
      }
      CompiledKernel add = backend.compile(Kernel.of(in(0, dtype).add(in(1, dtype))));
      for (Layout left : Layout.values()) {
        for (Layout right : Layout.values()) {
          Operand out = Samples.zeros(dtype, right, sizes);
          Operand[] inputs = {
            Samples.of(dtype, left, a, sizes), Samples.of(dtype, right, b, sizes)
          };
          backend.launch(add, new Operand[] {out}, inputs, NONE);
          assertArrayEquals(sum, Samples.values(out), dtype + " " + left + " " + right);
        }
      }
    }
  }

  @Test
  void sixteenBitFloatsAreComputedThroughCasts() {
    for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
      Expr x = in(0, dtype).cast(DType.FLOAT32);
      CompiledKernel square = backend.compile(Kernel.of(x.mul(x).cast(dtype)));
      double[] values = Samples.round(dtype, Samples.normal(300, 3));
      Operand out = Samples.zeros(dtype, Layout.REVERSED, 300);
      backend.launch(
          square,
          new Operand[] {out},
          new Operand[] {Samples.of(dtype, Layout.SPACED, values, 300)},
          NONE);
      double[] expected = Arrays.stream(values).map(v -> Samples.round(dtype, v * v)).toArray();
      assertArrayEquals(expected, Samples.values(out), dtype.toString());
    }
  }

  @Test
  void indicesCountAlongTheLogicalDimensionsWhateverTheLayout() {
    Expr formula =
        Expr.index(0)
            .mul(Expr.literal(DType.INT64, 100))
            .add(Expr.index(2))
            .add(in(0, DType.INT64));
    CompiledKernel kernel = backend.compile(Kernel.of(formula));
    long[] sizes = {5, 11, 9};
    double[] expected = new double[495];
    Arrays.setAll(expected, i -> i / 99 * 100 + i % 9);
    for (Layout layout : Layout.values()) {
      Operand out = Samples.zeros(DType.INT64, layout, sizes);
      backend.launch(
          kernel,
          new Operand[] {out},
          new Operand[] {Samples.zeros(DType.INT64, Layout.CONTIGUOUS, sizes)},
          NONE);
      assertArrayEquals(expected, Samples.values(out), layout.toString());
    }
  }

  @Test
  void severalOutputsMayBeWrittenOverTheInputs() {
    Expr a = in(0, DType.FLOAT32);
    Expr b = in(1, DType.FLOAT32);
    CompiledKernel swap = backend.compile(Kernel.of(b, a));
    Operand left = Samples.of(DType.FLOAT32, Samples.normal(1000, 1), 1000);
    Operand right = Samples.of(DType.FLOAT32, Samples.normal(1000, 2), 1000);
    Operand[] both = {left, right};
    backend.launch(swap, both, both, NONE);
    assertArrayEquals(Samples.normal(1000, 2), Samples.values(left));
    assertArrayEquals(Samples.normal(1000, 1), Samples.values(right));
  }

  @Test
  void runtimeScalarsArePassedAtLaunch() {
    CompiledKernel scale =
        backend.compile(Kernel.of(in(0, DType.FLOAT64).mul(Expr.scalar(0, DType.FLOAT64))));
    Operand x = Samples.of(DType.FLOAT64, new double[] {1, 2}, 2);
    Operand[] one = {x};
    backend.launch(scale, one, one, new Scalar[] {Scalar.of(3)});
    backend.launch(scale, one, one, new Scalar[] {Scalar.of(0.5)});
    assertArrayEquals(new double[] {1.5, 3}, Samples.values(x));
  }

  @Test
  void scalarsEmptyAndExpandedOperandsAreComputed() {
    CompiledKernel negate = backend.compile(Kernel.of(in(0, DType.INT32).neg()));
    Operand out = Samples.zeros(DType.INT32, Layout.CONTIGUOUS);
    Operand one = Samples.of(DType.INT32, new double[] {4});
    backend.launch(negate, new Operand[] {out}, new Operand[] {one}, NONE);
    assertArrayEquals(new double[] {-4}, Samples.values(out));
    Operand[] empty = {Samples.zeros(DType.INT32, Layout.CONTIGUOUS, 3, 0)};
    backend.launch(negate, empty, empty, NONE);
    Operand expanded = Samples.view(one, 0, new long[] {2, 2}, 0, 0);
    Operand four = Samples.zeros(DType.INT32, Layout.TRANSPOSED, 2, 2);
    backend.launch(negate, new Operand[] {four}, new Operand[] {expanded}, NONE);
    assertArrayEquals(new double[] {-4, -4, -4, -4}, Samples.values(four));
  }

  @Test
  void aKernelWithoutInputsFills() {
    CompiledKernel constant = backend.compile(Kernel.of(Expr.literal(true)));
    Operand out = Samples.zeros(DType.BOOL, Layout.SPACED, 3);
    backend.launch(constant, new Operand[] {out}, new Operand[0], NONE);
    assertArrayEquals(new double[] {1, 1, 1}, Samples.values(out));
  }

  @Test
  void aKernelOfAnotherBackendIsRefused() {
    Kernel kernel = Kernel.of(in(0, DType.INT32));
    CompiledKernel foreign = () -> kernel;
    Operand[] one = {Samples.zeros(DType.INT32, Layout.CONTIGUOUS, 1)};
    assertThrows(DeviceException.class, () -> backend.launch(foreign, one, one, NONE));
  }
}
