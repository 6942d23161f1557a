package fluxion.engine.spi;

import java.util.List;

/** A service that brings operators. */
public interface FunctionProvider {
  /**
   * {@return the version of the SPI that this was compiled for; the engine refuses another}
   *
   * <p>Return the constant {@link SpiVersion#CURRENT}: the compiler copies its value.
   */
  int spiVersion();

  /** {@return the plugin's name, for people} */
  String name();

  /** {@return the operators} */
  List<Operator> operators();
}
