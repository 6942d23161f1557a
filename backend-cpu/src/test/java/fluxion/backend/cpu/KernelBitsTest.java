package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Launches give the bits of the reference interpreter; all NaNs count as equal. */
class KernelBitsTest {
  private static final double[] ODD = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0.0,
    1,
    -1,
    1e-40,
    3e38,
    1e-310,
    -1e19,
    255,
    -129,
    65504
  };

  @Test
  void interpreted_kernels_have_the_bits_of_the_reference_interpreter() {
    check(KernelMode.INTERPRETED, 1, 3000);
  }

  @Test
  @Tag("full")
  void many_interpreted_kernels_have_the_bits_of_the_reference_interpreter() {
    check(KernelMode.INTERPRETED, 2, 100_000);
  }

  @Test
  void compiled_kernels_have_the_bits_of_the_reference_interpreter() {
    check(KernelMode.COMPILED, 3, 60);
  }

  @Test
  @Tag("full")
  void many_compiled_kernels_have_the_bits_of_the_reference_interpreter() {
    check(KernelMode.COMPILED, 4, 3000);
  }

  private static void check(KernelMode mode, long seed, int kernels) {
    for (int i = 0; i < kernels; i++) {
      new Case(mode, seed * 1_000_003 + i).check();
    }
  }

  /** One kernel launched once on operands of random layouts, perhaps in place. */
  private static final class Case {
    private final KernelMode mode;
    private final long seed;
    private final Random random;
    private final Shape shape;
    private final Kernel kernel;
    private final Operand[] inputs;
    private final Scalar[] scalars;

    Case(KernelMode mode, long seed) {
      this.mode = mode;
      this.seed = seed;
      this.random = new Random(seed);
      this.shape = shape();
      int indices = random.nextInt(4) == 0 ? shape.dim() : 0;
      int count = 1 + random.nextInt(3);
      this.kernel =
          RandomKernels.make(random, count, 1 + random.nextInt(12), 1 + random.nextInt(3), indices);
      this.inputs = new Operand[Math.max(count, kernel.inputCount())];
      for (int i = 0; i < inputs.length; i++) {
        DType type = i < kernel.inputCount() ? kernel.inputType(i) : null;
        inputs[i] = operand(type == null ? DType.FLOAT32 : type, true);
        fill(inputs[i]);
      }
      this.scalars = new Scalar[] {Scalar.of(random.nextInt(40) - 20), Scalar.of(value())};
    }

    private Shape shape() {
      return switch (random.nextInt(5)) {
        case 0 -> Shape.of(random.nextInt(601));
        case 1 -> Shape.of(1 + random.nextInt(8));
        case 2 -> Shape.of(1 + random.nextInt(40), 1 + random.nextInt(80));
        case 3 -> Shape.of(random.nextInt(5), 1 + random.nextInt(9), 1 + random.nextInt(9));
        default -> Shape.of(1 + random.nextInt(3), 300);
      };
    }

    private double value() {
      return switch (random.nextInt(4)) {
        case 0 -> ODD[random.nextInt(ODD.length)];
        case 1 -> random.nextInt(20) - 10;
        default -> random.nextGaussian() * 3;
      };
    }

    private void fill(Operand operand) {
      Elements elements = CpuBuffer.elements(operand);
      for (int i = 0; i < elements.length(); i++) {
        elements.setDouble(i, value());
      }
    }

    /** An operand of one of the layouts; a window that is only read may be expanded. */
    private Operand operand(DType type, boolean read) {
      long[] sizes = shape.toArray();
      long[] strides = new long[sizes.length];
      long step = 1;
      boolean transposed = random.nextInt(4) == 0;
      long first = 0;
      boolean plain = random.nextInt(3) == 0;
      for (int n = 0; n < sizes.length; n++) {
        int d = transposed ? n : sizes.length - 1 - n;
        if (!plain && read && random.nextInt(4) == 0) {
          continue;
        }
        int gap = !plain && random.nextInt(4) == 0 ? 2 : 1;
        step *= gap;
        strides[d] = step;
        if (!plain && random.nextInt(5) == 0) {
          strides[d] = -step;
          first += step * Math.max(sizes[d] - 1, 0);
        }
        step *= Math.max(sizes[d], 1);
      }
      int offset = random.nextBoolean() ? 0 : random.nextInt(5);
      return new Operand(
          new CpuBuffer(Elements.allocate(type, (int) step + offset)),
          shape,
          strides,
          first + offset);
    }

    /** Outputs, each at random new memory or exactly an input that no other output is. */
    private Operand[] outputs() {
      Operand[] outputs = new Operand[kernel.outputs().size()];
      List<Operand> taken = new ArrayList<>();
      for (int k = 0; k < outputs.length; k++) {
        DType type = kernel.output(k).type();
        outputs[k] = operand(type, false);
        Operand input = inputs[random.nextInt(inputs.length)];
        if (random.nextBoolean()
            && input.dtype() == type
            && !input.layout().overlapsItself()
            && !taken.contains(input)) {
          outputs[k] = input;
          taken.add(input);
        }
      }
      return outputs;
    }

    void check() {
      long[][] expected = expected();
      Operand[] outputs = outputs();
      CpuKernel compiled = CpuKernel.compile(kernel, mode, GeneratedLoops.COMPILER);
      Pointwise.launch(compiled, outputs, inputs, scalars);
      for (int k = 0; k < outputs.length; k++) {
        for (int i = 0; i < expected[k].length; i++) {
          long found = bits(outputs[k], i);
          if (expected[k][i] != found) {
            assertEquals(
                expected[k][i],
                found,
                "seed "
                    + seed
                    + ", output "
                    + k
                    + "["
                    + i
                    + "] of "
                    + kernel
                    + "\n"
                    + Arrays.toString(outputs)
                    + Arrays.toString(inputs));
          }
        }
      }
    }

    private long[][] expected() {
      int n = (int) shape.numel();
      long[][] bits = new long[kernel.outputs().size()][n];
      if (n == 0) {
        return bits;
      }
      ExprProgram program = ExprProgram.compile(kernel);
      ExprProgram.Frame frame = program.newFrame(n);
      frame.scalars(scalars);
      for (int i = 0; i < kernel.inputCount(); i++) {
        DType type = kernel.inputType(i);
        for (int e = 0; type != null && e < n; e++) {
          if (type.isFloatingPoint()) {
            frame.floatInput(i)[e] =
                CpuBuffer.elements(inputs[i]).getDouble(Samples.place(inputs[i], e));
          } else {
            frame.intInput(i)[e] =
                CpuBuffer.elements(inputs[i]).getLong(Samples.place(inputs[i], e));
          }
        }
      }
      for (int d = 0; d < kernel.indexDims(); d++) {
        long inner = 1;
        for (int k = d + 1; k < shape.dim(); k++) {
          inner *= shape.size(k);
        }
        if (kernel.nodes().contains(Expr.index(d))) {
          for (int e = 0; e < n; e++) {
            frame.index(d)[e] = e / inner % shape.size(d);
          }
        }
      }
      program.run(frame, n);
      for (int k = 0; k < bits.length; k++) {
        boolean floating = kernel.output(k).type().isFloatingPoint();
        for (int e = 0; e < n; e++) {
          bits[k][e] =
              floating ? Double.doubleToLongBits(frame.floatOutput(k)[e]) : frame.intOutput(k)[e];
        }
      }
      return bits;
    }

    private static long bits(Operand operand, int i) {
      int place = Samples.place(operand, i);
      return operand.dtype().isFloatingPoint()
          ? Double.doubleToLongBits(CpuBuffer.elements(operand).getDouble(place))
          : CpuBuffer.elements(operand).getLong(place);
    }
  }
}
