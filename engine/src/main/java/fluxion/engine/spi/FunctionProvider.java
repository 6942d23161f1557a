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

  /**
   * {@return the operators}
   *
   * <p>By default those of {@link #lines}, each put together when it is first asked for: a program
   * then pays for the operators that it calls.
   */
  default List<Operator> operators() {
    return Catalogue.of(this);
  }

  /**
   * Goes through the lines of a table of operators, as {@link Catalogue} describes. There are none
   * by default.
   *
   * @param table asks for the names, later for operators
   */
  default void lines(Catalogue table) {}
}
