package fluxion.backend.gpu.opencl;

/** A function of OpenCL that failed. */
public final class OpenClException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The status that the driver gave. */
  private final int code;

  /**
   * Makes an exception.
   *
   * @param function the function, such as {@code clFinish}
   * @param code what it returned
   */
  public OpenClException(String function, int code) {
    super(function + " failed with " + Status.name(code) + " (" + code + ")");
    this.code = code;
  }

  /** {@return the error code, negative} */
  public int code() {
    return code;
  }

  /** {@return whether a launch was larger than the device allows} */
  public boolean isBeyondLimits() {
    return code == Status.INVALID_ARG_SIZE
        || code == Status.INVALID_WORK_GROUP_SIZE
        || code == Status.INVALID_WORK_ITEM_SIZE;
  }

  /** {@return whether the device had not enough memory or other resources} */
  public boolean isOutOfMemory() {
    return code == Status.MEM_OBJECT_ALLOCATION_FAILURE
        || code == Status.OUT_OF_RESOURCES
        || code == Status.OUT_OF_HOST_MEMORY;
  }
}
