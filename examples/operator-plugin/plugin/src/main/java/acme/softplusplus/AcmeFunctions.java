package acme.softplusplus;

import static fluxion.engine.spi.Operator.sample;

import fluxion.api.spi.Call;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** Brings the operators of this module. */
public final class AcmeFunctions implements FunctionProvider {
  /**
   * The activation log(1 + exp(x)) + x/2 − log 2 (Ciuparu, Nagy-Dăbâcan and Mureşan, "Soft++, a
   * multi-parametric non-saturating non-linearity", 2020, with k = 1 and c = 2). This line is all
   * of it: kernels, broadcasting, type promotion and derivatives follow from the formula.
   */
  private static final PointwiseFunction SOFTPLUSPLUS =
      PointwiseFunction.unary(
          "softplusplus",
          Promotion.INT_TO_FLOAT,
          x -> x.softplus().add(x.mul(0.5)).sub(Math.log(2)));

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "Acme operators";
  }

  @Override
  public List<Operator> operators() {
    return List.of(
        Operator.unary(SOFTPLUSPLUS).samples(s -> List.of(sample(s.uniform(-3, 3, 2, 3)))),
        Operator.named("unit_rms")
            .overload(
                "(Tensor self, int dim=-1)",
                Call.Dim.class,
                (self, dim) -> Functions.apply(new UnitRms(dim), self))
            .samples(
                s ->
                    List.of(
                        sample(s.uniform(0.5, 2, 2, 3)), sample(s.uniform(-2, -0.5, 3, 2), 0))));
  }
}
