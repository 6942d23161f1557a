package fluxion.backend.gpu;

import fluxion.api.DeviceException;

/** A kernel that the driver does not compile, or does not launch: the device lacks a primitive. */
final class KernelRefusedException extends DeviceException {
  private static final long serialVersionUID = 1L;

  KernelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  KernelRefusedException(KernelRefusedException again) {
    super(String.valueOf(again.getMessage()), again);
  }
}
