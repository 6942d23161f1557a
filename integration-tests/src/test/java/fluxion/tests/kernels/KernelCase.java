package fluxion.tests.kernels;

import static fluxion.api.DType.BFLOAT16;
import static fluxion.api.DType.FLOAT16;
import static fluxion.api.DType.FLOAT32;
import static fluxion.api.DType.FLOAT64;
import static fluxion.api.DType.INT32;
import static fluxion.api.DType.INT64;
import static fluxion.api.DType.INT8;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An operator with random operands.
 *
 * @param name what it is called
 * @param large whether its operands are, so that it takes long without vectors
 * @param results what it computes
 */
record KernelCase(String name, boolean large, Function<Draw, List<Tensor>> results) {
  private static final DType[] FLOATS = {FLOAT32, FLOAT32, FLOAT64, BFLOAT16, FLOAT16};
  private static final DType[] FAST = {FLOAT32, FLOAT64};
  private static final DType[] ALL = {FLOAT32, FLOAT64, BFLOAT16, INT64, INT32, INT8};

  @Override
  public String toString() {
    return name;
  }

  /** {@return all cases} */
  static List<KernelCase> all() {
    List<KernelCase> cases = new ArrayList<>();
    elementwise(cases);
    folds(cases);
    products(cases);
    moves(cases);
    layers(cases);
    cases.addAll(ThreeByThree.cases());
    return cases;
  }

  private static void small(List<KernelCase> cases, String name, Function<Draw, Tensor> result) {
    cases.add(new KernelCase(name, false, draw -> List.of(result.apply(draw))));
  }

  private static void large(List<KernelCase> cases, String name, Function<Draw, Tensor> result) {
    cases.add(new KernelCase(name, true, draw -> List.of(result.apply(draw))));
  }

  private static void elementwise(List<KernelCase> cases) {
    for (String name : List.of("exp", "tanh", "sigmoid", "erf", "sin", "cos", "relu", "gelu")) {
      small(cases, name, d -> Ops.call(name, d.tensor(d.dtype(FLOATS), d.shape())));
    }
    small(cases, "log", d -> Ops.call("log", d.tensor(d.dtype(FLOATS), d.shape()).abs().add(0.1)));
    for (String name : List.of("add", "sub", "mul", "maximum")) {
      small(
          cases,
          name,
          d -> {
            DType dtype = d.dtype(ALL);
            int[] shape = d.shape();
            return Ops.call(name, d.tensor(dtype, shape), d.tensor(dtype, shape));
          });
      small(
          cases,
          name + " of a row",
          d -> {
            DType dtype = d.dtype(ALL);
            int columns = d.size();
            return Ops.call(name, d.tensor(dtype, d.size(), columns), d.tensor(dtype, columns));
          });
    }
    small(
        cases,
        "where",
        d -> {
          int[] shape = d.shape();
          Tensor x = d.tensor(FLOAT32, shape);
          return Ops.call("where", x.gt(0), x, d.tensor(FLOAT32, shape));
        });
    small(cases, "to int32", d -> d.tensor(d.dtype(FLOATS), d.shape()).mul(7).to(INT32));
    small(cases, "to bfloat16", d -> d.tensor(d.dtype(FAST), d.shape()).to(BFLOAT16));
  }

  private static void folds(List<KernelCase> cases) {
    for (String name : List.of("sum", "mean", "amax", "logsumexp")) {
      small(
          cases,
          name,
          d -> {
            int dim = d.number(0, 1);
            return Ops.call(
                name, d.tensor(d.dtype(FLOATS), 1 + d.size(), 1 + d.size()), List.of((long) dim));
          });
    }
    small(cases, "sum of all", d -> d.tensor(d.dtype(ALL), d.shape()).sum());
    small(cases, "prod", d -> d.tensor(d.dtype(FLOATS), d.size(), 5).prod(1));
    small(cases, "argmax", d -> Ops.call("argmax", d.tensor(FLOAT32, 1 + d.size(), 40), 1L));
    for (String name : List.of("cumsum", "cumprod", "logcumsumexp")) {
      small(
          cases,
          name,
          d -> Ops.call(name, d.tensor(d.dtype(FAST), d.size(), d.size()), (long) d.number(0, 1)));
    }
    large(cases, "sum of 70,001", d -> d.leaf(d.dtype(FAST), 70_001).sum());
    large(cases, "sums of long rows", d -> d.tensor(d.dtype(FAST), 5, 5000).sum(1));
    large(cases, "sums of long columns", d -> d.tensor(d.dtype(FAST), 5000, 5).sum(0));
  }

  private static void products(List<KernelCase> cases) {
    small(
        cases,
        "matmul",
        d -> {
          DType dtype = d.dtype(FLOATS);
          int depth = d.size();
          return d.tensor(dtype, d.size(), depth).matmul(d.tensor(dtype, depth, d.size()));
        });
    small(
        cases,
        "bmm",
        d -> {
          DType dtype = d.dtype(FAST);
          int batch = d.number(0, 3);
          int depth = d.size();
          return Ops.call(
              "bmm",
              d.tensor(dtype, batch, d.size(), depth),
              d.tensor(dtype, batch, depth, d.size()));
        });
    small(
        cases,
        "integer matmul",
        d -> {
          DType dtype = d.dtype(INT64, INT32, INT8);
          int depth = d.size();
          return d.tensor(dtype, d.size(), depth).matmul(d.tensor(dtype, depth, d.size()));
        });
    small(
        cases,
        "linear",
        d -> {
          DType dtype = d.dtype(FLOATS);
          int inputs = 1 + d.size();
          int outputs = 1 + d.size();
          return Ops.call(
              "linear",
              d.tensor(dtype, d.size(), inputs),
              d.tensor(dtype, outputs, inputs),
              d.tensor(dtype, outputs));
        });
    large(
        cases,
        "matmul of several panels",
        d -> {
          DType dtype = d.dtype(FAST);
          return d.tensor(dtype, 130, 600).matmul(d.tensor(dtype, 600, 70));
        });
    large(
        cases,
        "matmul of several blocks",
        d -> {
          DType dtype = d.dtype(FAST);
          return d.tensor(dtype, 9, 9000).matmul(d.tensor(dtype, 9000, 11));
        });
    large(
        cases,
        "matrix by vector",
        d -> {
          DType dtype = d.dtype(FAST);
          return d.tensor(dtype, 150, 300).matmul(d.tensor(dtype, 300));
        });
  }

  private static void moves(List<KernelCase> cases) {
    small(cases, "clone", d -> d.tensor(d.dtype(ALL), d.shape()).clone());
    small(
        cases,
        "index_select",
        d ->
            Ops.call(
                "index_select",
                d.tensor(d.dtype(ALL), 20, d.size()),
                0L,
                d.integers(20, d.size())));
    small(
        cases,
        "scatter_add",
        d -> {
          DType dtype = d.dtype(FLOAT32, FLOAT64, INT64);
          int columns = d.size();
          return Ops.call(
              "scatter_add",
              d.tensor(dtype, 9, columns).clone(),
              0L,
              d.integers(9, 30, columns),
              d.tensor(dtype, 30, columns));
        });
    cases.add(
        new KernelCase(
            "sort",
            false,
            d ->
                Ops.callAll(
                    "sort", List.of(d.tensor(d.dtype(ALL), d.size(), d.size()), 1L), Map.of())));
    small(
        cases,
        "masked_select",
        d -> {
          Tensor x = d.tensor(FLOAT32, d.size(), d.size());
          return Ops.call("masked_select", x, x.gt(0.3));
        });
  }

  private static void layers(List<KernelCase> cases) {
    for (String name : List.of("softmax", "log_softmax")) {
      small(
          cases,
          name,
          d ->
              Ops.call(
                  name,
                  d.tensor(d.dtype(FLOATS), d.size(), d.size(), d.number(1, 3)),
                  (long) d.number(0, 2)));
    }
    small(
        cases,
        "layer_norm",
        d -> {
          DType dtype = d.dtype(FLOATS);
          int size = 2 + d.size();
          return Ops.call(
              "layer_norm",
              d.tensor(dtype, d.size(), size),
              List.of((long) size),
              d.tensor(dtype, size),
              d.tensor(dtype, size));
        });
    for (boolean training : new boolean[] {true, false}) {
      small(
          cases,
          "batch_norm, " + (training ? "training" : "evaluating"),
          d -> {
            DType dtype = d.dtype(FAST);
            int channels = d.number(1, 5);
            Tensor mean = d.leaf(dtype, channels).detach();
            Tensor variance = d.leaf(dtype, channels).detach().abs().add(0.5);
            return Ops.call(
                "batch_norm",
                d.tensor(dtype, d.number(2, 3), channels, d.number(1, 9), d.number(1, 17)),
                mean,
                variance,
                d.tensor(dtype, channels),
                d.tensor(dtype, channels),
                training);
          });
    }
    small(cases, "cross_entropy", d -> CrossEntropyCase.draw(d, 1 + d.size(), 20));
    large(cases, "cross_entropy of many classes", d -> CrossEntropyCase.draw(d, 70, 1000));
    small(
        cases,
        "scaled_dot_product_attention",
        d -> {
          DType dtype = d.dtype(FAST);
          int keys = 1 + d.size();
          int depth = d.number(1, 20);
          return Ops.call(
              "scaled_dot_product_attention",
              d.tensor(dtype, 2, 1 + d.size(), depth),
              d.tensor(dtype, 2, keys, depth),
              d.tensor(dtype, 2, keys, depth));
        });
    small(
        cases, "attention with a mask", d -> AttentionCase.draw(d, 2, 1 + d.size(), 1 + d.size()));
    large(cases, "attention of several blocks", d -> AttentionCase.draw(d, 1, 300, 1100));
    small(
        cases,
        "embedding",
        d -> Ops.call("embedding", d.integers(12, d.number(1, 30)), d.tensor(FLOAT32, 12, 17)));
    small(
        cases,
        "max_pool2d",
        d -> {
          int kernel = d.number(1, 3);
          return Ops.call(
              "max_pool2d",
              image(d, d.dtype(FAST), d.number(1, 4)),
              List.of((long) kernel, (long) kernel),
              List.of((long) d.number(1, 3)),
              List.of((long) d.number(0, kernel / 2)));
        });
    small(cases, "avg_pool1d", PoolCase::row);
    small(cases, "avg_pool2d", PoolCase::image);
    small(cases, "adaptive_avg_pool2d of even windows", PoolCase::even);
    small(cases, "conv2d", KernelCase::convolution);
    small(cases, "conv2d, depthwise", KernelCase::depthwise);
    small(
        cases,
        "conv1d, depthwise",
        d -> {
          DType dtype = d.dtype(FAST);
          int channels = d.number(1, 6);
          return Ops.call(
              "conv1d",
              d.tensor(dtype, d.number(1, 3), channels, d.number(5, 70)),
              d.tensor(dtype, channels * d.number(1, 2), 1, d.number(1, 5)),
              null,
              List.of((long) d.number(1, 3)),
              List.of((long) d.number(0, 2)),
              List.of(1L),
              (long) channels);
        });
    small(
        cases,
        "conv_transpose2d",
        d -> {
          DType dtype = d.dtype(FAST);
          int channels = d.number(1, 4);
          return Ops.call(
              "conv_transpose2d",
              image(d, dtype, channels),
              d.tensor(dtype, channels, d.number(1, 4), d.number(1, 3), d.number(1, 3)),
              null,
              List.of((long) d.number(1, 2)));
        });
    large(
        cases,
        "conv2d of many channels",
        d -> {
          DType dtype = d.dtype(FAST);
          return Ops.call(
              "conv2d",
              d.tensor(dtype, 2, 40, d.number(6, 9), d.number(6, 9)),
              d.tensor(dtype, 33, 40, 3, 3),
              d.tensor(dtype, 33),
              List.of((long) d.number(1, 2)),
              List.of(1L));
        });
  }

  private static Tensor image(Draw d, DType dtype, int channels) {
    return d.tensor(dtype, d.number(1, 3), channels, d.number(3, 12), d.number(3, 20));
  }

  private static Tensor depthwise(Draw d) {
    DType dtype = d.dtype(FAST);
    int channels = d.number(1, 6);
    int outputs = channels * d.number(1, 3);
    return Ops.call(
        "conv2d",
        d.tensor(dtype, d.number(1, 3), channels, d.number(5, 12), d.number(5, 40)),
        d.tensor(dtype, outputs, 1, d.number(1, 3), d.number(1, 3)),
        d.tensor(dtype, outputs),
        List.of((long) d.number(1, 3), (long) d.number(1, 3)),
        List.of((long) d.number(0, 2), (long) d.number(0, 2)),
        List.of((long) d.number(1, 2), (long) d.number(1, 2)),
        (long) channels);
  }

  private static Tensor convolution(Draw d) {
    DType dtype = d.dtype(FLOATS);
    int groups = d.number(1, 2);
    int perGroup = d.number(1, 4);
    int outputs = groups * d.number(1, 9);
    return Ops.call(
        "conv2d",
        image(d, dtype, groups * perGroup),
        d.tensor(dtype, outputs, perGroup, d.number(1, 3), d.number(1, 3)),
        d.tensor(dtype, outputs),
        List.of((long) d.number(1, 3), (long) d.number(1, 2)),
        List.of((long) d.number(0, 2), (long) d.number(0, 2)),
        List.of(1L, (long) d.number(1, 2)),
        (long) groups);
  }
}
