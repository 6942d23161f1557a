package fluxion.backend.gpu.opencl;

/** The error codes of OpenCL by name. */
public final class Status {
  /** All went well. */
  public static final int SUCCESS = 0;

  /** No device of the kind that was asked for. */
  public static final int DEVICE_NOT_FOUND = -1;

  /** The device is there but cannot be used, or no longer. */
  public static final int DEVICE_NOT_AVAILABLE = -2;

  /** Memory for a buffer could not be had. */
  public static final int MEM_OBJECT_ALLOCATION_FAILURE = -4;

  /** The device lacks some resource. */
  public static final int OUT_OF_RESOURCES = -5;

  /** This machine lacks memory. */
  public static final int OUT_OF_HOST_MEMORY = -6;

  /** The compiler refused the source. */
  public static final int BUILD_PROGRAM_FAILURE = -11;

  /** An argument of a kernel has not the size that the device expects. */
  public static final int INVALID_ARG_SIZE = -51;

  /** A work-group is too large, or does not fit the kernel. */
  public static final int INVALID_WORK_GROUP_SIZE = -54;

  /** A work-group is too large in some dimension. */
  public static final int INVALID_WORK_ITEM_SIZE = -55;

  /** What the loader says where no driver is registered. */
  public static final int PLATFORM_NOT_FOUND = -1001;

  private static final String[] NAMES = {
    "CL_SUCCESS",
    "CL_DEVICE_NOT_FOUND",
    "CL_DEVICE_NOT_AVAILABLE",
    "CL_COMPILER_NOT_AVAILABLE",
    "CL_MEM_OBJECT_ALLOCATION_FAILURE",
    "CL_OUT_OF_RESOURCES",
    "CL_OUT_OF_HOST_MEMORY",
    "CL_PROFILING_INFO_NOT_AVAILABLE",
    "CL_MEM_COPY_OVERLAP",
    "CL_IMAGE_FORMAT_MISMATCH",
    "CL_IMAGE_FORMAT_NOT_SUPPORTED",
    "CL_BUILD_PROGRAM_FAILURE",
    "CL_MAP_FAILURE",
    "CL_MISALIGNED_SUB_BUFFER_OFFSET",
    "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST",
    "CL_COMPILE_PROGRAM_FAILURE",
    "CL_LINKER_NOT_AVAILABLE",
    "CL_LINK_PROGRAM_FAILURE",
    "CL_DEVICE_PARTITION_FAILED",
    "CL_KERNEL_ARG_INFO_NOT_AVAILABLE",
  };

  /** The codes from -30 on. */
  private static final String[] INVALID = {
    "CL_INVALID_VALUE",
    "CL_INVALID_DEVICE_TYPE",
    "CL_INVALID_PLATFORM",
    "CL_INVALID_DEVICE",
    "CL_INVALID_CONTEXT",
    "CL_INVALID_QUEUE_PROPERTIES",
    "CL_INVALID_COMMAND_QUEUE",
    "CL_INVALID_HOST_PTR",
    "CL_INVALID_MEM_OBJECT",
    "CL_INVALID_IMAGE_FORMAT_DESCRIPTOR",
    "CL_INVALID_IMAGE_SIZE",
    "CL_INVALID_SAMPLER",
    "CL_INVALID_BINARY",
    "CL_INVALID_BUILD_OPTIONS",
    "CL_INVALID_PROGRAM",
    "CL_INVALID_PROGRAM_EXECUTABLE",
    "CL_INVALID_KERNEL_NAME",
    "CL_INVALID_KERNEL_DEFINITION",
    "CL_INVALID_KERNEL",
    "CL_INVALID_ARG_INDEX",
    "CL_INVALID_ARG_VALUE",
    "CL_INVALID_ARG_SIZE",
    "CL_INVALID_KERNEL_ARGS",
    "CL_INVALID_WORK_DIMENSION",
    "CL_INVALID_WORK_GROUP_SIZE",
    "CL_INVALID_WORK_ITEM_SIZE",
    "CL_INVALID_GLOBAL_OFFSET",
    "CL_INVALID_EVENT_WAIT_LIST",
    "CL_INVALID_EVENT",
    "CL_INVALID_OPERATION",
    "CL_INVALID_GL_OBJECT",
    "CL_INVALID_BUFFER_SIZE",
    "CL_INVALID_MIP_LEVEL",
    "CL_INVALID_GLOBAL_WORK_SIZE",
    "CL_INVALID_PROPERTY",
    "CL_INVALID_IMAGE_DESCRIPTOR",
    "CL_INVALID_COMPILER_OPTIONS",
    "CL_INVALID_LINKER_OPTIONS",
    "CL_INVALID_DEVICE_PARTITION_COUNT",
  };

  private Status() {}

  /**
   * {@return the name of an error code}
   *
   * @param code the code
   */
  public static String name(int code) {
    if (code <= 0 && code > -NAMES.length) {
      return NAMES[-code];
    }
    if (code <= -30 && code > -30 - INVALID.length) {
      return INVALID[-30 - code];
    }
    return code == PLATFORM_NOT_FOUND ? "CL_PLATFORM_NOT_FOUND_KHR" : "an unknown error";
  }

  /** Throws unless a function returned success. */
  static void check(String function, int code) {
    if (code != SUCCESS) {
      throw new OpenClException(function, code);
    }
  }
}
