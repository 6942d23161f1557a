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
   * interpreted} or {@code compiled}; without it they adapt, unless the virtual machine itself
   * compiles nothing ({@code -Xint})}
   *
   * @throws ArgumentException if it has another value
   */
  static KernelMode fromProperty() {
    String name = System.getProperty(PROPERTY);
    if (name != null) {
      return of(name);
    }
    // generated code that nobody compiles further is far slower than the interpreter
    return System.getProperty("java.vm.info", "").startsWith("interpreted")
        ? INTERPRETED
        : ADAPTIVE;
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
