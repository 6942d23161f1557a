package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Devices that launch right kernels wrongly. */
final class LaunchFaults {
  private static final int LANES = 8;

  private LaunchFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "second-output-stale",
            "only the first output is written",
            "B-201",
            "output 1",
            OneOutput::new),
        fault(
            "stale-scalar",
            "a kernel keeps the scalars of its first launch",
            "B-202",
            "at the launch with",
            StaleScalars::new),
        fault(
            "scalar-not-cut",
            "a float scalar for an integer is rounded, not cut",
            "B-203",
            "s0 = 2.9",
            RoundsScalars::new),
        fault(
            "negative-strides-wrong",
            "negative strides are taken for positive ones",
            "B-205",
            "x0 with negative strides",
            WrongDirection::new),
        fault(
            "in-place-alias-broken",
            "outputs are cleared before inputs are read",
            "B-206",
            "in the place of x1",
            ClearsOutputs::new),
        fault(
            "last-lane-off-by-one",
            "the last element of a partly filled vector is left out",
            "B-207",
            "x0 * x1 + x0 over",
            SkipsTheLast::new),
        fault(
            "large-kernel-cut",
            "kernels of more than 1000 operations give their first input",
            "B-208",
            "operations of",
            CutsKernels::new),
        fault(
            "eight-operands-at-most",
            "the ninth input and those after it are the eighth",
            "B-209",
            "of 14 inputs",
            EightInputs::new),
        fault(
            "place-changes-bits",
            "the last lanes are computed by another exponential",
            "B-704",
            "among 4000",
            OtherTail::new),
        fault(
            "race-under-threads",
            "the scalars of a launch lie in one place for all threads",
            "B-706",
            "in thread",
            SharedScratch::new));
  }

  private static final class OneOutput extends ForwardingBackend {
    OneOutput(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      Operand[] others = outputs.clone();
      for (int k = 1; k < others.length; k++) {
        others[k] = Windows.copy(inner, outputs[k]);
      }
      inner.launch(kernel, others, inputs, scalars);
    }
  }

  private static final class StaleScalars extends ForwardingBackend {
    private final Map<CompiledKernel, Scalar[]> first = new ConcurrentHashMap<>();

    StaleScalars(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      inner.launch(kernel, outputs, inputs, first.computeIfAbsent(kernel, k -> scalars));
    }
  }

  private static final class RoundsScalars extends ForwardingBackend {
    RoundsScalars(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      Scalar[] rounded = scalars.clone();
      for (int i = 0; i < rounded.length; i++) {
        if (rounded[i].isFloatingPoint() && outputs[0].dtype().isIntegral()) {
          rounded[i] = Scalar.of(Math.rint(rounded[i].toDouble()));
        }
      }
      inner.launch(kernel, outputs, inputs, rounded);
    }
  }

  private static final class WrongDirection extends ForwardingBackend {
    WrongDirection(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      Operand[] turned = inputs.clone();
      for (int i = 0; i < turned.length; i++) {
        for (int d = 0; d < turned[i].shape().dim(); d++) {
          if (turned[i].shape().size(d) > 1 && turned[i].layout().stride(d) < 0) {
            turned[i] = Windows.reversed(turned[i], d);
          }
        }
      }
      inner.launch(kernel, outputs, turned, scalars);
    }
  }

  private static final class ClearsOutputs extends ForwardingBackend {
    ClearsOutputs(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      for (Operand output : outputs) {
        inner.fill(output, Scalar.of(0));
      }
      inner.launch(kernel, outputs, inputs, scalars);
    }
  }

  private static final class SkipsTheLast extends ForwardingBackend {
    SkipsTheLast(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      long n = outputs[0].numel();
      boolean partly = outputs[0].shape().dim() == 1 && n > LANES && n % LANES != 0;
      if (partly) {
        inner.launch(kernel, cut(outputs, n - 1), cut(inputs, n - 1), scalars);
      } else {
        inner.launch(kernel, outputs, inputs, scalars);
      }
    }

    private static Operand[] cut(Operand[] operands, long n) {
      Operand[] cut = new Operand[operands.length];
      for (int i = 0; i < cut.length; i++) {
        cut[i] = Windows.slice(operands[i], 0, 0, n);
      }
      return cut;
    }
  }

  private static final class CutsKernels extends ForwardingBackend {
    CutsKernels(Backend inner) {
      super(inner);
    }

    @Override
    public CompiledKernel compile(Kernel kernel) {
      return inner.compile(kernel);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      if (kernel.kernel().nodes().size() > 1000) {
        inner.copy(inputs[0], outputs[0]);
      } else {
        inner.launch(kernel, outputs, inputs, scalars);
      }
    }
  }

  private static final class EightInputs extends ForwardingBackend {
    EightInputs(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      Operand[] eight = inputs.clone();
      for (int i = 8; i < eight.length; i++) {
        eight[i] = eight[7];
      }
      inner.launch(kernel, outputs, eight, scalars);
    }
  }

  private static final class OtherTail extends ForwardingBackend {
    OtherTail(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      inner.launch(kernel, outputs, inputs, scalars);
      Operand output = outputs[0];
      if (output.dtype() == DType.FLOAT32) {
        float[] one = new float[1];
        for (long i = output.numel() - output.numel() % LANES; i < output.numel(); i++) {
          long place = Windows.at(output, i).offset();
          inner.download(output.buffer(), place, one, 0, 1);
          one[0] = Math.nextUp(one[0]);
          inner.upload(one, 0, output.buffer(), place, 1);
        }
      }
    }
  }

  private static final class SharedScratch extends ForwardingBackend {
    private final List<Scalar> scratch = new ArrayList<>();

    SharedScratch(Backend inner) {
      super(inner);
    }

    @Override
    public void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      synchronized (scratch) {
        scratch.clear();
        scratch.addAll(List.of(scalars));
      }
      LockSupport.parkNanos(100_000);
      Scalar[] read;
      synchronized (scratch) {
        // what another thread may have put there meanwhile
        read = scratch.size() >= scalars.length ? scratch.toArray(new Scalar[0]) : scalars;
      }
      inner.launch(kernel, outputs, inputs, read);
    }
  }
}
