package fluxion.examples.transcript;

import static fluxion.api.Autograd.noGrad;
import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;

import fluxion.api.GradFn;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;
import java.util.stream.Collectors;

/** The recorded graph, versions, and functions that a program brings. */
final class GraphRules {
  private GraphRules() {}

  static void add(Rules rules) {
    graph(rules);
    functions(rules);
  }

  private static void graph(Rules rules) {
    rules.rule(
        "the graph can be walked",
        () -> {
          Tensor x = ones(withGrad(), 2);
          Tensor y = x.mul(2).add(1).sum();
          GradFn f = y.gradFn();
          IO.println(f.name() + " " + edges(f));
          f = f.nextFunctions().getFirst().function();
          IO.println(f.name() + " " + edges(f));
          f = f.nextFunctions().getFirst().function();
          IO.println(f.name() + " " + edges(f));
          IO.println(f.nextFunctions().getFirst().function().variable().orElseThrow() == x);
        });
    rules.rule(
        "leaves are what was not computed from gradients",
        () -> {
          Tensor x = ones(withGrad(), 2);
          IO.println(
              x.isLeaf()
                  + " "
                  + x.mul(2).isLeaf()
                  + " "
                  + x.detach().isLeaf()
                  + " "
                  + ones(2).isLeaf()
                  + " "
                  + ones(2).add(1).isLeaf());
        });
    rules.leftOut("there is no inference_mode");
    rules.rule(
        "a change in place counts the version up",
        () -> {
          Tensor x = ones(withGrad(), 2);
          IO.println(x.version());
          try (var _ = noGrad()) {
            x.add_(1);
          }
          IO.println(x.version());
        });
  }

  private static String edges(GradFn function) {
    return function.nextFunctions().stream()
        .map(edge -> "(" + name(edge.function()) + ", " + edge.outputNr() + ")")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String name(GradFn function) {
    return function == null ? "null" : "'" + function.name() + "'";
  }

  private static void functions(Rules rules) {
    rules.rule(
        "a program brings functions of its own",
        () -> {
          Tensor x = tensor(1f, 2f).requiresGrad_();
          Tensor y = Functions.apply(new Cube(), x);
          IO.println(y);
          y.sum().backward();
          IO.println(x.grad());
        });
    rules.rule(
        "a wrong number of gradients is told",
        () -> Functions.apply(new Bad(), ones(withGrad(), 2)).sum().backward());
    rules.rule(
        "a gradient of a wrong shape is told",
        () -> Functions.apply(new Bad2(), ones(withGrad(), 2)).sum().backward());
  }

  private record Cube() implements UnaryFunction {
    @Override
    public String name() {
      return "CubeBackward";
    }

    @Override
    public Tensor forward(Context ctx, Tensor x) {
      ctx.saveInput(0);
      return x.pow(3);
    }

    @Override
    public Tensor backward(Context ctx, Tensor g) {
      Tensor x = ctx.input(0);
      return g.mul(3).mul(x).mul(x);
    }
  }

  private record Bad() implements Function {
    @Override
    public String name() {
      return "BadBackward";
    }

    @Override
    public Tensor[] forward(Context ctx, Tensor[] inputs) {
      return new Tensor[] {inputs[0].mul(2)};
    }

    @Override
    public Tensor[] backward(Context ctx, Tensor[] g) {
      return new Tensor[] {g[0], g[0]};
    }
  }

  private record Bad2() implements UnaryFunction {
    @Override
    public String name() {
      return "Bad2Backward";
    }

    @Override
    public Tensor forward(Context ctx, Tensor x) {
      return x.mul(2);
    }

    @Override
    public Tensor backward(Context ctx, Tensor g) {
      return ones(3);
    }
  }
}
