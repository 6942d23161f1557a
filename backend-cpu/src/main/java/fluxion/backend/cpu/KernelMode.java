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
   * interpreted} or {@code compiled}; without it they adapt, where the virtual machine has a
   * compiler that makes vectors fast}
   *
   * @throws ArgumentException if it has another value
   */
  static KernelMode fromProperty() {
    String name = System.getProperty(PROPERTY);
    return name != null ? of(name) : onVirtualMachine(System.getProperty("java.vm.info", ""));
  }

  /**
   * {@return the mode without a choice: adaptive, unless the virtual machine compiles nothing
   * ({@code -Xint}) or has its first compiler alone ({@code -XX:TieredStopAtLevel=1}), where
   * generated code is for ever far slower than the interpreter and its warm-up is in vain}
   *
   * @param info what the virtual machine says of itself, {@code java.vm.info}
   */
  static KernelMode onVirtualMachine(String info) {
    return info.startsWith("interpreted") || info.contains("emulated-client")
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
