package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.List;

/** Devices that go wrong with memory, fills, copies and casts. */
final class StorageFaults {
  private static final long MANY = 1 << 16;

  private StorageFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "allocation-not-zeroed",
            "fresh memory holds what lay there before",
            "B-101",
            "instead of 0",
            NotZeroed::new),
        fault(
            "upload-loses-the-sign-of-zero",
            "−0 is uploaded as 0",
            "B-103",
            "expected -0.0, found 0.0",
            PlainZeros::new),
        fault(
            "download-ignores-the-offset",
            "a download always starts at the first element",
            "B-104",
            "were downloaded",
            DownloadsFromTheStart::new),
        fault(
            "wrong-array-ignored",
            "an array of the wrong kind is not uploaded, silently",
            "B-105",
            "was not refused",
            IgnoresWrongArrays::new),
        fault(
            "fill-ignores-strides",
            "a fill takes its window for a run of memory",
            "B-107",
            "wrote outside of its output",
            FillsRuns::new),
        fault(
            "fill-rounds",
            "a fill rounds to the nearest integer instead of cutting",
            "B-108",
            "fill with the number 2.9",
            RoundsFills::new),
        fault(
            "copy-ignores-offset",
            "a copy reads from the start of the memory",
            "B-109",
            "at an offset to",
            IgnoresOffsets::new),
        fault(
            "last-element-beyond-65536",
            "copies of more than 2^16 elements lack the last one",
            "B-110",
            "[65537]",
            LosesTheLast::new),
        fault(
            "cast-saturates",
            "a cast to int8 saturates instead of wrapping",
            "B-111",
            "of int8",
            Saturates::new),
        fault(
            "copy-rounds-toward-zero",
            "a copy to bfloat16 drops the last bits",
            "B-112",
            "copy of float32",
            CutsBits::new),
        fault(
            "bool-stored-as-255",
            "a true is a byte of ones",
            "B-113",
            "a bool is stored as 255",
            StoresOnes::new),
        fault(
            "empty-operand-refused",
            "a gather of nothing throws",
            "B-115",
            "gather with operands of shape",
            RefusesNothing::new),
        fault(
            "kernel-takes-the-stride-of-size-1",
            "a dimension of size 1 shifts the result",
            "B-116",
            "x0 + 1",
            TakesAllStrides::new));
  }

  private static final class NotZeroed extends ForwardingBackend {
    NotZeroed(Backend inner) {
      super(inner);
    }

    @Override
    public Buffer allocate(DType dtype, long elements) {
      Buffer buffer = inner.allocate(dtype, elements);
      inner.fill(Layout.contiguous(Shape.of(elements)).operand(buffer), Scalar.of(1));
      return buffer;
    }
  }

  private static final class PlainZeros extends ForwardingBackend {
    PlainZeros(Backend inner) {
      super(inner);
    }

    @Override
    public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
      Object given = array;
      if (array instanceof float[] floats) {
        float[] changed = floats.clone();
        for (int i = 0; i < changed.length; i++) {
          changed[i] += 0;
        }
        given = changed;
      }
      inner.upload(given, arrayOffset, target, targetOffset, count);
    }
  }

  private static final class DownloadsFromTheStart extends ForwardingBackend {
    DownloadsFromTheStart(Backend inner) {
      super(inner);
    }

    @Override
    public void download(
        Buffer source, long sourceOffset, Object array, int arrayOffset, int count) {
      inner.download(source, 0, array, arrayOffset, count);
    }
  }

  private static final class IgnoresWrongArrays extends ForwardingBackend {
    IgnoresWrongArrays(Backend inner) {
      super(inner);
    }

    @Override
    public void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count) {
      if (!(array instanceof int[] && target.dtype() == DType.FLOAT32)) {
        inner.upload(array, arrayOffset, target, targetOffset, count);
      }
    }
  }

  private static final class FillsRuns extends ForwardingBackend {
    FillsRuns(Backend inner) {
      super(inner);
    }

    @Override
    public void fill(Operand target, Scalar value) {
      inner.fill(Windows.runsBackwards(target) ? target : Windows.dense(target), value);
    }
  }

  private static final class RoundsFills extends ForwardingBackend {
    RoundsFills(Backend inner) {
      super(inner);
    }

    @Override
    public void fill(Operand target, Scalar value) {
      boolean rounds = target.dtype().isIntegral() && value.isFloatingPoint();
      inner.fill(target, rounds ? Scalar.of(Math.rint(value.toDouble())) : value);
    }
  }

  private static final class IgnoresOffsets extends ForwardingBackend {
    IgnoresOffsets(Backend inner) {
      super(inner);
    }

    @Override
    public void copy(Operand source, Operand target) {
      Operand from =
          source.isContiguous() && !Windows.isEmpty(source)
              ? Layout.contiguous(source.shape()).operand(source.buffer())
              : source;
      inner.copy(from, target);
    }
  }

  private static final class LosesTheLast extends ForwardingBackend {
    LosesTheLast(Backend inner) {
      super(inner);
    }

    @Override
    public void copy(Operand source, Operand target) {
      if (source.shape().dim() == 1 && source.numel() > MANY) {
        long n = source.numel() - 1;
        inner.copy(Windows.slice(source, 0, 0, n), Windows.slice(target, 0, 0, n));
      } else {
        inner.copy(source, target);
      }
    }
  }

  /** A device that copies to one dtype by a kernel of its own. */
  private abstract static class CopiesByKernel extends ForwardingBackend {
    private final DType from;
    private final DType to;

    CopiesByKernel(Backend inner, DType from, DType to) {
      super(inner);
      this.from = from;
      this.to = to;
    }

    abstract Expr formula(Expr element);

    @Override
    public void copy(Operand source, Operand target) {
      if (source.dtype() == from && target.dtype() == to) {
        Kernel kernel = Kernel.of(formula(Expr.input(0, from)).cast(to));
        inner.launch(
            inner.compile(kernel), new Operand[] {target}, new Operand[] {source}, new Scalar[0]);
      } else {
        inner.copy(source, target);
      }
    }
  }

  private static final class Saturates extends CopiesByKernel {
    Saturates(Backend inner) {
      super(inner, DType.INT32, DType.INT8);
    }

    @Override
    Expr formula(Expr element) {
      return element.max(-128L).min(127L);
    }
  }

  private static final class CutsBits extends CopiesByKernel {
    CutsBits(Backend inner) {
      super(inner, DType.FLOAT32, DType.BFLOAT16);
    }

    @Override
    Expr formula(Expr element) {
      return element.bits().and(Expr.literal(DType.INT32, -65536L)).fromBits();
    }
  }

  private static final class StoresOnes extends ForwardingBackend {
    StoresOnes(Backend inner) {
      super(inner);
    }

    @Override
    public void copy(Operand source, Operand target) {
      inner.copy(source, target);
      if (target.dtype() == DType.BOOL) {
        byte[] one = new byte[1];
        for (long i = 0; i < target.numel(); i++) {
          long place = Windows.at(target, i).offset();
          inner.download(target.buffer(), place, one, 0, 1);
          one[0] = (byte) -one[0];
          inner.upload(one, 0, target.buffer(), place, 1);
        }
      }
    }
  }

  private static final class RefusesNothing extends ForwardingBackend {
    RefusesNothing(Backend inner) {
      super(inner);
    }

    @Override
    public void gather(Operand input, int dim, Operand index, Operand output) {
      if (Windows.isEmpty(index)) {
        throw new ArithmeticException("/ by zero");
      }
      inner.gather(input, dim, index, output);
    }
  }

  private static final class TakesAllStrides extends ForwardingBackend {
    TakesAllStrides(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        fluxion.engine.spi.CompiledKernel kernel,
        Operand[] outputs,
        Operand[] inputs,
        Scalar[] scalars) {
      Operand[] shifted = inputs.clone();
      for (int i = 0; i < shifted.length; i++) {
        Operand input = shifted[i];
        for (int d = 0; d < input.shape().dim(); d++) {
          if (input.shape().size(d) == 1 && input.numel() > 1 && input.layout().stride(d) < 0) {
            shifted[i] = Windows.reversed(input, input.shape().dim() == 3 ? 1 : 0);
          }
        }
      }
      inner.launch(kernel, outputs, shifted, scalars);
    }
  }
}
