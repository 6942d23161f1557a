package fluxion.engine.spi;

/** A {@link Reduction} as one backend compiled it; it is run many times. */
public interface CompiledReduction {
  /** {@return what was compiled} */
  Reduction reduction();
}
