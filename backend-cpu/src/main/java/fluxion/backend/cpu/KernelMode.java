package fluxion.backend.cpu;

import fluxion.api.ArgumentException;

/** When a kernel is interpreted and when it runs as code of its own. */
enum KernelMode {
  /** Interpreted until it has computed many elements, and for few elements always. */
  ADAPTIVE,
  /** Always interpreted. */
  INTERPRETED,
  /** Compiled before it first runs in a layout class, by the caller. */
  COMPILED;

  private static final String PROPERTY = "fluxion.cpu.kernels";

  /**
   * {@return the mode that the system property {@code fluxion.cpu.kernels} names: {@code
   * interpreted} or {@code compiled}; without it they adapt}
   *
   * @throws ArgumentException if it has another value
   */
  static KernelMode fromProperty() {
    return of(System.getProperty(PROPERTY, "adaptive"));
  }

  /**
   * {@return the mode of a name}
   *
   * @throws ArgumentException if there is none
   */
  static KernelMode of(String name) {
    return switch (name) {
      case "adaptive" -> ADAPTIVE;
      case "interpreted" -> INTERPRETED;
      case "compiled" -> COMPILED;
      default ->
          throw new ArgumentException(
              "-D"
                  + PROPERTY
                  + " is '"
                  + name
                  + "'; use 'interpreted', 'compiled' or 'adaptive', which is the default");
    };
  }
}
