package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScatterMode;
import java.util.List;

/** Devices that index and sort wrongly. */
final class IndexFaults {
  private IndexFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "gather-along-the-first",
            "a gather along dimension 1 of a square is one along 0",
            "B-601",
            "gather from",
            TakesAnotherDimension::new),
        fault(
            "gather-clamps",
            "an index out of range is clamped",
            "B-602",
            "was not refused",
            ClampsIndices::new),
        fault(
            "index-error-without-names",
            "an index error names neither index nor size",
            "B-604",
            "does not say",
            SaysNothing::new),
        fault(
            "tuples-swapped",
            "two indices of a tuple are swapped where they may be",
            "B-603",
            "indexedGather from",
            SwapsTuples::new),
        fault(
            "scatter-min-is-max", "MIN keeps the larger", "B-605", "scatter(MIN)", SwapsModes::new),
        fault(
            "duplicates-in-reverse",
            "duplicates combine in reversed index order",
            "B-606",
            "scatter(SET)",
            ReversesOrder::new),
        fault(
            "scatter-writes-before-checking",
            "what precedes a wrong index has been written",
            "B-607",
            "a scatter that was refused changed",
            WritesFirst::new),
        fault(
            "indexed-scatter-adds-never",
            "indexedScatter sets in every mode",
            "B-608",
            "indexedScatter(ADD)",
            SetsAlways::new),
        fault(
            "indexed-scatter-half-done",
            "indexedScatter has written before it refuses",
            "B-609",
            "an indexedScatter that was refused changed",
            ClearsFirst::new),
        fault(
            "scatter-skips-nan",
            "a NaN that is scattered with MIN or MAX is skipped",
            "B-610",
            "expected NaN",
            SkipsNan::new),
        fault(
            "sort-gives-no-indices",
            "the indices of a sort count from 0 to n - 1",
            "B-621",
            "the indices of the",
            CountsIndices::new),
        fault(
            "sort-unstable",
            "equal elements change places in a descending sort",
            "B-622",
            "the indices of the descending sort",
            Unstable::new),
        fault(
            "sort-nan-first",
            "NaN counts as the smallest",
            "B-623",
            "sort of float",
            NanFirst::new),
        fault(
            "sort-drops-the-tail",
            "the last element of a long line is not sorted",
            "B-624",
            "sort of",
            DropsTheTail::new),
        fault(
            "compact-unordered",
            "the positions are in descending order",
            "B-631",
            "the positions of compact",
            Descending::new));
  }

  private static final class TakesAnotherDimension extends ForwardingBackend {
    TakesAnotherDimension(Backend inner) {
      super(inner);
    }

    @Override
    public void gather(Operand input, int dim, Operand index, Operand output) {
      // reads the input transposed where its strides say that it may be
      boolean swaps = dim == 1 && input.shape().dim() == 2 && input.isContiguous();
      Operand from =
          swaps
              ? new Operand(
                  input.buffer(),
                  input.shape(),
                  new long[] {1, input.shape().size(0)},
                  input.offset())
              : input;
      inner.gather(from, dim, index, output);
    }
  }

  private static final class ClampsIndices extends ForwardingBackend {
    ClampsIndices(Backend inner) {
      super(inner);
    }

    @Override
    public void gather(Operand input, int dim, Operand index, Operand output) {
      if (input.shape().dim() == 0 || Windows.isEmpty(index)) {
        inner.gather(input, dim, index, output);
        return;
      }
      Operand clamped = Windows.copy(inner, index);
      Expr clamp = Expr.input(0, DType.INT64).max(0L).min(input.shape().size(dim) - 1);
      inner.launch(
          inner.compile(Kernel.of(clamp)),
          new Operand[] {clamped},
          new Operand[] {clamped},
          new Scalar[0]);
      inner.gather(input, dim, clamped, output);
    }
  }

  private static final class SaysNothing extends ForwardingBackend {
    SaysNothing(Backend inner) {
      super(inner);
    }

    @Override
    public void indexedGather(Operand input, Operand[] indices, Operand output) {
      try {
        inner.indexedGather(input, indices, output);
      } catch (IndexException e) {
        throw new IndexException("index out of bounds", e);
      }
    }
  }

  private static final class SwapsTuples extends ForwardingBackend {
    SwapsTuples(Backend inner) {
      super(inner);
    }

    @Override
    public void indexedGather(Operand input, Operand[] indices, Operand output) {
      try {
        Operand[] swapped = indices.clone();
        if (swapped.length == 2) {
          swapped[0] = indices[1];
          swapped[1] = indices[0];
        }
        inner.indexedGather(input, swapped, output);
      } catch (IndexException e) {
        inner.indexedGather(input, indices, output);
      }
    }
  }

  private static final class SwapsModes extends ForwardingBackend {
    SwapsModes(Backend inner) {
      super(inner);
    }

    @Override
    public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
      inner.scatter(mode == ScatterMode.MIN ? ScatterMode.MAX : mode, target, dim, index, source);
    }
  }

  private static final class ReversesOrder extends ForwardingBackend {
    ReversesOrder(Backend inner) {
      super(inner);
    }

    @Override
    public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
      if (index.shape().dim() == 1) {
        inner.scatter(mode, target, dim, Windows.reversed(index, 0), Windows.reversed(source, 0));
      } else {
        inner.scatter(mode, target, dim, index, source);
      }
    }
  }

  private static final class WritesFirst extends ForwardingBackend {
    WritesFirst(Backend inner) {
      super(inner);
    }

    @Override
    public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
      for (long row = 0; row < (index.shape().dim() == 2 ? index.shape().size(0) : 0); row++) {
        inner.scatter(
            mode,
            target,
            dim,
            Windows.slice(index, 0, row, row + 1),
            Windows.slice(source, 0, row, row + 1));
      }
      if (index.shape().dim() != 2) {
        inner.scatter(mode, target, dim, index, source);
      }
    }
  }

  private static final class SetsAlways extends ForwardingBackend {
    SetsAlways(Backend inner) {
      super(inner);
    }

    @Override
    public void indexedScatter(
        ScatterMode mode, Operand target, Operand[] indices, Operand source) {
      inner.indexedScatter(ScatterMode.SET, target, indices, source);
    }
  }

  private static final class ClearsFirst extends ForwardingBackend {
    ClearsFirst(Backend inner) {
      super(inner);
    }

    @Override
    public void indexedScatter(
        ScatterMode mode, Operand target, Operand[] indices, Operand source) {
      if (mode == ScatterMode.SET && source.numel() > 0) {
        inner.copy(Windows.at(source, 0), Windows.at(target, 0));
      }
      inner.indexedScatter(mode, target, indices, source);
    }
  }

  private static final class SkipsNan extends ForwardingBackend {
    SkipsNan(Backend inner) {
      super(inner);
    }

    @Override
    public void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
      DType type = source.dtype();
      if ((mode != ScatterMode.MIN && mode != ScatterMode.MAX) || type != DType.FLOAT32) {
        inner.scatter(mode, target, dim, index, source);
        return;
      }
      Operand numbers = Windows.copy(inner, source);
      Expr x = Expr.input(0, type);
      double neutral =
          mode == ScatterMode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      inner.launch(
          inner.compile(Kernel.of(Expr.select(x.isnan(), Expr.literal(type, neutral), x))),
          new Operand[] {numbers},
          new Operand[] {numbers},
          new Scalar[0]);
      inner.scatter(mode, target, dim, index, numbers);
    }
  }

  private static final class CountsIndices extends ForwardingBackend {
    CountsIndices(Backend inner) {
      super(inner);
    }

    @Override
    public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
      inner.sort(input, dim, descending, values, indices);
      Kernel count = Kernel.of(Expr.input(0, DType.INT64).mul(0L).add(Expr.index(dim)));
      inner.launch(
          inner.compile(count), new Operand[] {indices}, new Operand[] {indices}, new Scalar[0]);
    }
  }

  private static final class Unstable extends ForwardingBackend {
    Unstable(Backend inner) {
      super(inner);
    }

    @Override
    public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
      if (descending && !Windows.isEmpty(input)) {
        // an ascending sort read backwards also turns equal elements around
        inner.sort(
            input, dim, false, Windows.reversed(values, dim), Windows.reversed(indices, dim));
      } else {
        inner.sort(input, dim, descending, values, indices);
      }
    }
  }

  private static final class NanFirst extends ForwardingBackend {
    NanFirst(Backend inner) {
      super(inner);
    }

    @Override
    public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
      DType type = input.dtype();
      if (type != DType.FLOAT32) {
        inner.sort(input, dim, descending, values, indices);
        return;
      }
      Operand keys = Windows.copy(inner, input);
      Expr x = Expr.input(0, type);
      inner.launch(
          inner.compile(
              Kernel.of(Expr.select(x.isnan(), Expr.literal(type, Double.NEGATIVE_INFINITY), x))),
          new Operand[] {keys},
          new Operand[] {keys},
          new Scalar[0]);
      inner.sort(keys, dim, descending, values, indices);
      inner.gather(input, dim, indices, values);
    }
  }

  private static final class DropsTheTail extends ForwardingBackend {
    DropsTheTail(Backend inner) {
      super(inner);
    }

    @Override
    public void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
      long n = input.shape().size(dim);
      inner.sort(input, dim, descending, values, indices);
      if (n > 16 && n % 16 == 1) {
        inner.copy(Windows.slice(input, dim, n - 1, n), Windows.slice(values, dim, n - 1, n));
        inner.fill(Windows.slice(indices, dim, n - 1, n), Scalar.of(n - 1));
      }
    }
  }

  private static final class Descending extends ForwardingBackend {
    Descending(Backend inner) {
      super(inner);
    }

    @Override
    public long compact(Operand mask, Operand indices) {
      long found = inner.compact(mask, indices);
      if (found > 1) {
        Operand written = Windows.slice(indices, 0, 0, found);
        Operand ascending = Windows.copy(inner, written);
        inner.copy(ascending, Windows.reversed(written, 0));
      }
      return found;
    }
  }
}
