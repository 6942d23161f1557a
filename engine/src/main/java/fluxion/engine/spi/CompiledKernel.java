package fluxion.engine.spi;

/** A {@link Kernel} as one backend compiled it; call sites keep it and launch it many times. */
public interface CompiledKernel {
  /** {@return what was compiled} */
  Kernel kernel();
}
