package fluxion.conformance.faulty;

import fluxion.api.spi.Call;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** A provider of one right operator, which wrong ones differ from in one point. */
abstract class FaultyOperators implements FunctionProvider {
  /** The name of its one operator. */
  static final String NAME = "faulty_plugin_same";

  /** An operator that gives its tensor back. */
  static Operator same(String name) {
    return Operator.named(name).overload("(Tensor self)", Call.Unary.class, self -> self);
  }

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return getClass().getSimpleName();
  }

  @Override
  public List<Operator> operators() {
    return List.of(same(NAME));
  }
}
