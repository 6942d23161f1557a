package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.ops.nn.LossReduction;
import fluxion.ops.nn.NnCall;
import fluxion.ops.nn.internal.DifferenceLoss.Kind;
import java.util.List;

/** The losses of a difference as operators. */
final class DifferenceLosses {
  private static final String PLAIN = "(Tensor self, Tensor target, str reduction='mean')";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("mse_loss")) {
        t.add(
            named("mse_loss")
                .overload(PLAIN, NnCall.Loss.class, DifferenceLosses::mse)
                .samples(DifferenceLosses::samples));
      }
      if (t.has("l1_loss")) {
        t.add(
            named("l1_loss")
                .overload(PLAIN, NnCall.Loss.class, DifferenceLosses::l1)
                .samples(DifferenceLosses::samples));
      }
      if (t.has("smooth_l1_loss")) {
        t.add(
            named("smooth_l1_loss")
                .overload(
                    "(Tensor self, Tensor target, str reduction='mean', float beta=1.0)",
                    NnCall.ParameterLoss.class,
                    DifferenceLosses::smoothL1)
                .samples(DifferenceLosses::samples));
      }
      if (t.has("huber_loss")) {
        t.add(
            named("huber_loss")
                .overload(
                    "(Tensor self, Tensor target, str reduction='mean', float delta=1.0)",
                    NnCall.ParameterLoss.class,
                    DifferenceLosses::huber)
                .samples(DifferenceLosses::samples));
      }
    }
  }

  private DifferenceLosses() {}

  /** Differences on either side of 1, and not near 0. */
  private static List<Sample> samples(SampleSource s) {
    return List.of(
        sample(s.uniform(0.2, 0.5, 2, 3), s.uniform(-0.3, 0, 2, 3)),
        sample(s.uniform(0.2, 0.5, 2, 3), s.uniform(2, 3, 3), "sum"),
        sample(s.uniform(-3, -2, 2, 1), s.uniform(-0.3, 0, 3), "none"),
        sample(s.uniform(-3, -2), s.uniform(-0.3, 0)));
  }

  private static Tensor apply(
      String name, Kind kind, Tensor self, Tensor target, LossReduction reduction, double p) {
    DType dtype = DType.promote(self.dtype(), target.dtype());
    if (!dtype.isFloatingPoint()) {
      throw new DTypeException(
          name
              + "(): \""
              + name.replace("_loss", "")
              + "_cpu\" not implemented for '"
              + dtype.typeName()
              + "'; give floating-point tensors");
    }
    Shape.broadcast(self.shape(), target.shape());
    return Functions.apply(
        new DifferenceLoss(kind, reduction, p), self.to(dtype), target.to(dtype));
  }

  static Tensor mse(Tensor self, Tensor target, String reduction) {
    return apply("mse_loss", Kind.MSE, self, target, LossReduction.of(reduction), 0);
  }

  static Tensor l1(Tensor self, Tensor target, String reduction) {
    return apply("l1_loss", Kind.L1, self, target, LossReduction.of(reduction), 0);
  }

  static Tensor smoothL1(Tensor self, Tensor target, String reduction, double beta) {
    LossReduction kind = LossReduction.of(reduction);
    if (beta < 0) {
      throw new ArgumentException("smooth_l1_loss does not support negative values for beta.");
    }
    return apply("smooth_l1_loss", beta == 0 ? Kind.L1 : Kind.SMOOTH_L1, self, target, kind, beta);
  }

  static Tensor huber(Tensor self, Tensor target, String reduction, double delta) {
    LossReduction kind = LossReduction.of(reduction);
    if (delta <= 0) {
      throw new ArgumentException("huber_loss does not support non-positive values for delta.");
    }
    return apply("huber_loss", Kind.HUBER, self, target, kind, delta);
  }
}
