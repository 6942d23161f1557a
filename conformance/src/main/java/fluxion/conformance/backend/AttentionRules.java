package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.accelerator.Attention;
import fluxion.engine.spi.accelerator.Attention.Form;
import fluxion.engine.spi.accelerator.Attention.Heads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule about attention that a device computes in one go. */
final class AttentionRules {
  private static final int BATCH = 2;
  private static final int QUERIES = 5;
  private static final int KEYS = 7;
  private static final int DEPTH = 4;
  private static final int WIDTH = 3;
  private static final double SCALE = 0.75;

  /** What hides keys from queries. */
  private enum Hiding {
    NOTHING("without a mask"),
    CAUSALITY("with causality"),
    TRUTHS("with truth values"),
    SUMMANDS("with summands");

    private final String words;

    Hiding(String words) {
      this.words = words;
    }

    /** The mask, if there is one; each query attends to its own key at least. */
    @Nullable Values mask(DType dtype, Placement placement) {
      Shape shape = Shape.of(BATCH, QUERIES, KEYS);
      return switch (this) {
        case NOTHING, CAUSALITY -> null;
        case TRUTHS -> placement.of(Values.longs(DType.BOOL, shape, i -> i % 3 == 0 ? 0 : 1));
        case SUMMANDS -> placement.of(Values.floats(dtype, shape, i -> i * 5 % 8 / 4.0 - 1));
      };
    }
  }

  /** The numbers of a call, and what follows from them in float64. */
  private record Expected(Values q, Values k, Values v, Values g, List<double[]> results) {
    /** Outputs, lse, and the gradients of queries, keys and values. */
    static Expected of(
        Values q, Values k, Values v, Values g, @Nullable Values mask, Hiding hiding) {
      double[][] results = {
        new double[BATCH * QUERIES * WIDTH],
        new double[BATCH * QUERIES],
        new double[BATCH * QUERIES * DEPTH],
        new double[BATCH * KEYS * DEPTH],
        new double[BATCH * KEYS * WIDTH]
      };
      for (int row = 0; row < BATCH * QUERIES; row++) {
        row(row, q, k, v, g, mask, hiding, results);
      }
      return new Expected(q, k, v, g, List.of(results));
    }

    private static void row(
        int row,
        Values q,
        Values k,
        Values v,
        Values g,
        @Nullable Values mask,
        Hiding hiding,
        double[][] results) {
      int key = row / QUERIES * KEYS;
      double[] x = new double[KEYS];
      double sum = 0;
      for (int j = 0; j < KEYS; j++) {
        for (int e = 0; e < DEPTH; e++) {
          x[j] += SCALE * q.real(row * DEPTH + e) * k.real((key + j) * DEPTH + e);
        }
        double found = mask == null ? 0 : mask.real(row * KEYS + j);
        boolean hidden =
            (hiding == Hiding.CAUSALITY && j > row % QUERIES)
                || (hiding == Hiding.TRUTHS && found == 0);
        x[j] = hidden ? Double.NEGATIVE_INFINITY : hiding == Hiding.SUMMANDS ? x[j] + found : x[j];
        sum += StrictMath.exp(x[j]);
      }
      results[1][row] = StrictMath.log(sum);
      double[] h = new double[KEYS];
      double d = 0;
      for (int j = 0; j < KEYS; j++) {
        double p = StrictMath.exp(x[j]) / sum;
        for (int c = 0; c < WIDTH; c++) {
          double value = v.real((key + j) * WIDTH + c);
          double cotangent = g.real(row * WIDTH + c);
          results[0][row * WIDTH + c] += p * value;
          results[4][(key + j) * WIDTH + c] += p * cotangent;
          h[j] += value * cotangent;
        }
        d += p * h[j];
      }
      for (int j = 0; j < KEYS; j++) {
        double z = SCALE * StrictMath.exp(x[j]) / sum * (h[j] - d);
        for (int e = 0; e < DEPTH; e++) {
          results[2][row * DEPTH + e] += z * k.real((key + j) * DEPTH + e);
          results[3][(key + j) * DEPTH + e] += z * q.real(row * DEPTH + e);
        }
      }
    }
  }

  private AttentionRules() {}

  @TestOf("B-823")
  static void b823_an_attention_accelerator_computes_outputs_and_gradients(
      BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL_FLOATS,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            Attention attention =
                bench
                    .backend()
                    .accelerator(Attention.class)
                    .filter(a -> a.takes(dtype, DEPTH, WIDTH))
                    .orElseThrow(
                        () ->
                            NotRun.unsupported(
                                "the device has no accelerator for attention of "
                                    + dtype.shortName()));
            for (Hiding hiding : Hiding.values()) {
              require(bench, attention, hiding, dtype, placement);
            }
          });
    }
  }

  private static Values values(DType dtype, Placement placement, int step, int rows, int columns) {
    Shape shape = Shape.of(BATCH, rows, columns);
    return placement.of(Values.floats(dtype, shape, i -> i * step % 17 / 8.0 - 1));
  }

  private static void require(
      Bench bench, Attention attention, Hiding hiding, DType dtype, Placement placement) {
    Values mask = hiding.mask(dtype, placement);
    Expected expected =
        Expected.of(
            values(dtype, placement, 7, QUERIES, DEPTH),
            values(dtype, placement, 5, KEYS, DEPTH),
            values(dtype, placement, 11, KEYS, WIDTH),
            values(dtype, placement, 3, QUERIES, WIDTH),
            mask,
            hiding);
    Window q = bench.input(expected.q, placement);
    Window k = bench.input(expected.k, placement);
    Window v = bench.input(expected.v, placement);
    Window g = bench.input(expected.g, placement);
    Window hides = mask == null ? null : bench.input(mask, placement);
    Heads heads =
        new Heads(q.operand(), k.operand(), v.operand(), hides == null ? null : hides.operand());
    Form form = new Form(SCALE, hiding == Hiding.CAUSALITY);
    Window y = bench.output(dtype, Shape.of(BATCH, QUERIES, WIDTH));
    Window lse = bench.output(dtype, Shape.of(BATCH, QUERIES));
    attention.attend(form, heads, y.operand(), lse.operand());
    String what = hiding.words + ", " + placement.words();
    near("the outputs of attention " + what, expected, 0, y.read(bench));
    near("the logarithms of the sums of attention " + what, expected, 1, lse.read(bench));

    Window ofQ = bench.output(dtype, Shape.of(BATCH, QUERIES, DEPTH));
    Window ofK = bench.output(dtype, Shape.of(BATCH, KEYS, DEPTH));
    Window ofV = bench.output(dtype, Shape.of(BATCH, KEYS, WIDTH));
    attention.gradients(
        form,
        heads,
        y.operand(),
        lse.operand(),
        g.operand(),
        ofQ.operand(),
        ofK.operand(),
        ofV.operand());
    near("the queries' gradient of attention " + what, expected, 2, ofQ.read(bench));
    near("the keys' gradient of attention " + what, expected, 3, ofK.read(bench));
    near("the values' gradient of attention " + what, expected, 4, ofV.read(bench));
    for (Window window : List.of(q, k, v, g)) {
      window.requireUnchanged(bench, "attention");
    }
    if (hides != null) {
      hides.requireUnchanged(bench, "attention");
    }
  }

  private static void near(String what, Expected expected, int result, Values found) {
    double[] values = expected.results.get(result);
    double size = 1;
    for (double value : values) {
      size = Math.max(size, Math.abs(value));
    }
    double allowed = 64 * DTypes.epsilon(found.dtype()) * size;
    for (int i = 0; i < values.length; i++) {
      Expect.near(what + ", at " + found.place(i), values[i], found.real(i), allowed);
    }
  }
}
