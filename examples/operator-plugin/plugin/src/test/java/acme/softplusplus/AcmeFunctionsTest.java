package acme.softplusplus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.conformance.FunctionConformance;
import fluxion.engine.spi.FunctionProvider;
import org.junit.jupiter.api.Test;

/** What every operator must do, inherited from the conformance kit, and the values of these two. */
class AcmeFunctionsTest implements FunctionConformance {
  @Override
  public FunctionProvider provider() {
    return new AcmeFunctions();
  }

  @Test
  void softplusplusIsZeroAtZeroWithSlopeOne() {
    Tensor x = Tensors.tensor(0.0).requiresGrad_(true);
    Tensor y = Ops.call("softplusplus", x);
    y.backward();
    assertEquals(0.0, y.item());
    assertEquals(1.0, x.grad().item());
  }

  @Test
  void unitRmsHasRootMeanSquareOne() {
    Tensor y = Ops.call("unit_rms", Tensors.tensor(3.0, 4.0));
    assertEquals(1.0, y.mul(y).mean().item(), 1e-6);
  }
}
