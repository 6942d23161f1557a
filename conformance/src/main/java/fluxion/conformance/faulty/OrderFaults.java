package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Event;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.Softmax;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Devices whose results depend on what they must not, and whose queues or errors go wrong. */
final class OrderFaults {
  private OrderFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "strides-change-bits",
            "sums over strided windows run in another order",
            "B-701",
            "against contiguous",
            SplitsStrided::new),
        fault(
            "threads-change-bits",
            "sums are cut into a part a thread",
            "B-702",
            "against threads(1)",
            SplitsByThreads::new),
        fault(
            "later-runs-differ",
            "after some calls sums run in another order",
            "B-703",
            "against run 1",
            SplitsLater::new),
        fault(
            "shared-accumulator",
            "sums of all threads meet in one place",
            "B-705",
            "against one thread alone",
            SharesAccumulator::new),
        fault(
            "queue-not-drained",
            "waiting does not run the end of the queue",
            "B-731",
            "200 times in place",
            KeepsTheEnd::new),
        fault("event-never-done", "an event stays undone", "B-731", "not done", NeverDone::new),
        fault(
            "error-swallowed",
            "an index error is caught and forgotten",
            "B-732",
            "was not refused",
            SwallowsErrors::new),
        fault(
            "error-sticks",
            "an error is thrown at each call from then on",
            "B-732",
            "surfaces again",
            KeepsErrors::new),
        fault(
            "wrong-in-programs-alone",
            "products of more than 8 rows lose the last row",
            "B-812",
            "the loss in",
            inner -> new LosesARow(inner, 1e-3)),
        fault(
            "slightly-wrong-mean",
            "sums of float64 are off by a millionth",
            "B-813",
            "the loss in",
            OffByAMillionth::new),
        fault(
            "softmax-arguments-swapped",
            "softmax gives the logarithm and its logarithm not",
            "B-821",
            "softmax of",
            inner -> new HasSoftmax(inner, true)),
        fault(
            "softmax-overflows",
            "softmax does not subtract the largest first",
            "B-821",
            "softmax of",
            inner -> new HasSoftmax(inner, false)));
  }

  /** A device that sometimes sums the two halves of the last dimension apart. */
  private abstract static class Splits extends ForwardingBackend {
    Splits(Backend inner) {
      super(inner);
    }

    abstract boolean splits(Operand input);

    @Override
    public void reduce(
        CompiledReduction reduction,
        Operand[] inputs,
        boolean[] reduced,
        Operand output,
        Scalar[] scalars) {
      Operand input = inputs[0];
      int last = input.shape().dim() - 1;
      boolean sums =
          reduction.reduction().kind() == Reduction.Kind.SUM && input.dtype().isFloatingPoint();
      if (!sums || last < 0 || !reduced[last] || input.shape().size(last) < 8 || !splits(input)) {
        inner.reduce(reduction, inputs, reduced, output, scalars);
        return;
      }
      long n = input.shape().size(last);
      Operand first = Windows.fresh(inner, output.dtype(), output.shape());
      Operand second = Windows.fresh(inner, output.dtype(), output.shape());
      inner.reduce(
          reduction, new Operand[] {Windows.slice(input, last, 0, n / 2)}, reduced, first, scalars);
      inner.reduce(
          reduction,
          new Operand[] {Windows.slice(input, last, n / 2, n)},
          reduced,
          second,
          scalars);
      Expr sum = Expr.input(0, output.dtype()).add(Expr.input(1, output.dtype()));
      inner.launch(
          inner.compile(Kernel.of(sum)),
          new Operand[] {output},
          new Operand[] {first, second},
          new Scalar[0]);
    }
  }

  private static final class SplitsStrided extends Splits {
    SplitsStrided(Backend inner) {
      super(inner);
    }

    @Override
    boolean splits(Operand input) {
      return !input.isContiguous();
    }
  }

  private static final class SplitsByThreads extends Splits {
    private volatile int threads = 1;

    SplitsByThreads(Backend inner) {
      super(inner);
    }

    @Override
    public void threads(int n) {
      threads = n;
    }

    @Override
    boolean splits(Operand input) {
      return threads > 1;
    }
  }

  private static final class SplitsLater extends Splits {
    private final AtomicInteger calls = new AtomicInteger();

    SplitsLater(Backend inner) {
      super(inner);
    }

    @Override
    boolean splits(Operand input) {
      return calls.incrementAndGet() > 10;
    }
  }

  private static final class SharesAccumulator extends ForwardingBackend {
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    private final AtomicInteger running = new AtomicInteger();

    SharesAccumulator(Backend inner) {
      super(inner);
    }

    @Override
    public void reduce(
        CompiledReduction reduction,
        Operand[] inputs,
        boolean[] reduced,
        Operand output,
        Scalar[] scalars) {
      boolean alone = running.incrementAndGet() == 1;
      depth.set(depth.get() + 1);
      try {
        LockSupport.parkNanos(1);
        inner.reduce(reduction, inputs, reduced, output, scalars);
        if (!alone || running.get() > 1) {
          inner.fill(output, Scalar.of(depth.get()));
        }
      } finally {
        running.decrementAndGet();
      }
    }
  }

  private static final class KeepsTheEnd extends ForwardingBackend {
    private static final int LENGTH = 64;

    private final Deque<Runnable> queue = new ArrayDeque<>();

    KeepsTheEnd(Backend inner) {
      super(inner);
    }

    @Override
    public synchronized void launch(
        CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
      queue.add(() -> inner.launch(kernel, outputs, inputs, scalars));
      if (queue.size() > LENGTH) {
        queue.forEach(Runnable::run);
        queue.clear();
      }
    }
  }

  private static final class NeverDone extends ForwardingBackend {
    private static final Event UNDONE =
        new Event() {
          @Override
          public void await() {}

          @Override
          public boolean isDone() {
            return false;
          }
        };

    NeverDone(Backend inner) {
      super(inner);
    }

    @Override
    public Event record() {
      return UNDONE;
    }
  }

  private static final class SwallowsErrors extends ForwardingBackend {
    SwallowsErrors(Backend inner) {
      super(inner);
    }

    @Override
    @SuppressWarnings("EmptyCatch") // the mistake
    public void gather(Operand input, int dim, Operand index, Operand output) {
      try {
        inner.gather(input, dim, index, output);
      } catch (IndexException e) {
        // forgotten
      }
    }
  }

  private static final class KeepsErrors extends ForwardingBackend {
    private volatile @Nullable IndexException error;

    KeepsErrors(Backend inner) {
      super(inner);
    }

    @Override
    public void gather(Operand input, int dim, Operand index, Operand output) {
      IndexException known = error;
      if (known != null) {
        throw known;
      }
      try {
        inner.gather(input, dim, index, output);
      } catch (IndexException e) {
        error = e;
        throw e;
      }
    }
  }

  private static final class LosesARow extends ForwardingBackend {
    private final double share;

    LosesARow(Backend inner, double share) {
      super(inner);
      this.share = share;
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      inner.matmul(a, b, output, epilogue);
      if (output.shape().dim() == 2 && output.shape().size(0) > 8 && output.numel() > 0) {
        Operand row = Windows.slice(output, 0, 8, 9);
        DType type = row.dtype();
        Expr x = Expr.input(0, type);
        inner.launch(
            inner.compile(Kernel.of(x.add(x.mul(Expr.literal(type, share))))),
            new Operand[] {row},
            new Operand[] {row},
            new Scalar[0]);
      }
    }
  }

  private static final class OffByAMillionth extends ForwardingBackend {
    OffByAMillionth(Backend inner) {
      super(inner);
    }

    @Override
    public CompiledReduction compile(Reduction reduction) {
      if (reduction.accumulator() != DType.FLOAT64 || reduction.kind() != Reduction.Kind.SUM) {
        return inner.compile(reduction);
      }
      Expr element = reduction.before().output(0);
      return inner.compile(
          new Reduction(
              reduction.kind(),
              Kernel.of(element.add(element.mul(1e-6))),
              reduction.accumulator(),
              reduction.after()));
    }
  }

  private static final class HasSoftmax extends ForwardingBackend {
    private final boolean swapped;

    HasSoftmax(Backend inner, boolean swapped) {
      super(inner);
      this.swapped = swapped;
    }

    @Override
    public <A> Optional<A> accelerator(Class<A> type) {
      Softmax softmax = this::softmax;
      return type == Softmax.class ? Optional.of(type.cast(softmax)) : Optional.empty();
    }

    private void softmax(Operand input, int dim, boolean logarithm, Operand output) {
      DType type = input.dtype();
      boolean[] reduced = new boolean[input.shape().dim()];
      reduced[dim] = true;
      DType compute = type.computeType();
      Operand shift = Windows.fresh(inner, compute, input.shape().with(dim, 1));
      if (swapped) {
        inner.reduce(
            inner.compile(Reduction.of(Reduction.Kind.MAX, type, compute, compute)),
            new Operand[] {input},
            reduced,
            shift,
            new Scalar[0]);
      }
      Operand max = shift.layout().expand(input.shape()).operand(shift.buffer());
      Expr distance = Expr.input(0, type).cast(compute).sub(Expr.input(1, compute));
      Operand total = Windows.fresh(inner, compute, shift.shape());
      inner.reduce(
          inner.compile(
              new Reduction(
                  Reduction.Kind.SUM,
                  Kernel.of(distance.exp()),
                  compute,
                  Kernel.of(Expr.input(0, compute).log()))),
          new Operand[] {input, max},
          reduced,
          total,
          new Scalar[0]);
      Expr log = distance.sub(Expr.input(2, compute));
      Expr result = logarithm == swapped ? log.exp() : log;
      inner.launch(
          inner.compile(Kernel.of(result.cast(type))),
          new Operand[] {output},
          new Operand[] {input, max, total.layout().expand(input.shape()).operand(total.buffer())},
          new Scalar[0]);
    }
  }
}
