package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Further names and short forms of views, and tensors of at least some dimensions. */
final class Aliases {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("broadcast_to")) {
        t.add(
            named("broadcast_to")
                .overload("(Tensor self, int[] size)", Call.Sized.class, Tensor::expand)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 1), List.of(2L, 3L, 4L)),
                            sample(s.tensor(), List.of(2L)))));
      }
      if (t.has("expand_as")) {
        t.add(
            like(
                "expand_as",
                new long[] {2, 1},
                (self, other) -> self.expand(other.shape().toArray())));
      }
      if (t.has("view_as")) {
        t.add(
            like(
                "view_as", new long[] {2, 6}, (self, other) -> self.view(other.shape().toArray())));
      }
      if (t.has("reshape_as")) {
        t.add(
            like(
                "reshape_as",
                new long[] {4, 3},
                (self, other) -> self.reshape(other.shape().toArray())));
      }
      if (t.has("ravel")) {
        t.add(same("ravel", self -> self.reshape(-1)));
      }
      if (t.has("resolve_conj")) {
        t.add(same("resolve_conj", self -> self));
      }
      if (t.has("resolve_neg")) {
        t.add(same("resolve_neg", self -> self));
      }
      if (t.has("atleast_1d")) {
        t.add(atLeast("atleast_1d", Aliases::atLeast1d));
      }
      if (t.has("atleast_2d")) {
        t.add(atLeast("atleast_2d", Aliases::atLeast2d));
      }
      if (t.has("atleast_3d")) {
        t.add(atLeast("atleast_3d", Aliases::atLeast3d));
      }
    }
  }

  private Aliases() {}

  private static Operator like(String name, long[] size, Call.Binary implementation) {
    return named(name)
        .overload(
            "(Tensor self, Tensor other)",
            Call.Binary.class,
            (self, other) -> {
              try {
                return implementation.apply(self, other);
              } catch (ShapeException e) {
                throw new ShapeException(name + ": " + e.getMessage(), e);
              }
            })
        .samples(s -> List.of(sample(s.tensor(size), s.integers(2, 2, 2, 3))));
  }

  private static Operator same(String name, Call.Unary implementation) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, implementation)
        .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor())));
  }

  private static Operator atLeast(String name, UnaryOperator<Tensor> change) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, change::apply)
        .overload("(Tensor[] tensors)", ShapingCall.Each.class, tensors -> each(tensors, change))
        .samples(
            s ->
                List.of(
                    sample(s.tensor()),
                    sample(s.tensor(3)),
                    sample(s.tensor(2, 3)),
                    sample(List.of(s.tensor(2), s.tensor(2, 3, 2)))));
  }

  /** Each tensor changed. */
  static Tensor[] each(Tensor[] tensors, UnaryOperator<Tensor> change) {
    Tensor[] changed = new Tensor[tensors.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = change.apply(tensors[i]);
    }
    return changed;
  }

  /** A tensor without dimensions as one with one element along one. */
  static Tensor atLeast1d(Tensor tensor) {
    return tensor.dim() == 0 ? tensor.reshape(1) : tensor;
  }

  /** A tensor of fewer dimensions as a matrix of one row. */
  static Tensor atLeast2d(Tensor tensor) {
    return tensor.dim() < 2 ? atLeast1d(tensor).unsqueeze(0) : tensor;
  }

  /** A tensor of fewer dimensions as a matrix with one element at each place. */
  static Tensor atLeast3d(Tensor tensor) {
    return tensor.dim() < 3 ? atLeast2d(tensor).unsqueeze(-1) : tensor;
  }
}
