package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import java.util.List;

/** In-place forms of views: the tensor takes another shape, and its elements stay in place. */
final class InPlaceViews {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("t_")) {
        t.add(
            named("t_")
                .overload(
                    "(Tensor self)",
                    Call.Unary.class,
                    self -> Functions.viewInPlace("t_", Shapes.transposed(self), self)));
      }
      if (t.has("transpose_")) {
        t.add(transpose("transpose_"));
      }
      if (t.has("swapaxes_")) {
        t.add(transpose("swapaxes_"));
      }
      if (t.has("swapdims_")) {
        t.add(transpose("swapdims_"));
      }
      if (t.has("squeeze_")) {
        t.add(
            named("squeeze_")
                .overload(
                    "(Tensor self, int dim)",
                    Call.Dim.class,
                    (self, dim) ->
                        Functions.viewInPlace("squeeze_", Shapes.squeezed(self, dim), self))
                .overload(
                    "(Tensor self)",
                    Call.Unary.class,
                    self -> Functions.viewInPlace("squeeze_", Shapes.squeezed(self), self))
                .overload(
                    "(Tensor self, int[] dim)",
                    Call.Dims.class,
                    (self, dim) ->
                        Functions.viewInPlace("squeeze_", Shapes.squeezed(self, dim), self)));
      }
      if (t.has("unsqueeze_")) {
        t.add(
            named("unsqueeze_")
                .overload(
                    "(Tensor self, int dim)",
                    Call.Dim.class,
                    (self, dim) ->
                        Functions.viewInPlace("unsqueeze_", Shapes.unsqueezed(self, dim), self)));
      }
      if (t.has("as_strided_")) {
        t.add(
            named("as_strided_")
                .overload(
                    "(Tensor self, int[] size, int[] stride, int? storage_offset=None)",
                    ShapingCall.Strided.class,
                    (self, size, stride, offset) ->
                        Functions.viewInPlace(
                            "as_strided_", Windows.strided(self, size, stride, offset), self))
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(1), List.of(), List.of()),
                            sample(s.tensor(), List.of(1L, 1L), List.of(1L, 1L)))));
      }
    }
  }

  private InPlaceViews() {}

  private static Operator transpose(String name) {
    return named(name)
        .overload(
            "(Tensor self, int dim0, int dim1)",
            Call.TwoDims.class,
            (Tensor self, int dim0, int dim1) ->
                Functions.viewInPlace(name, Shapes.transposed(self, dim0, dim1), self));
  }
}
