package fluxion.backend.gpu;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.backend.gpu.codegen.Dialect;
import fluxion.backend.gpu.opencl.Platforms;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a device is and can do, asked once.
 *
 * @param platform the platform's handle
 * @param id the device's handle
 * @param name what it is called
 * @param driver platform, version and driver, as far as compiled programs depend on them
 * @param processor whether it is a processor, with caches and few wide threads
 * @param fp64 whether it computes in double
 * @param memory its memory in bytes
 * @param mostAllocation the largest buffer in bytes
 * @param localMemory the memory of a work-group in bytes
 * @param ownLocalMemory whether that is memory of its own, else a part of the global memory
 * @param mostGroup the largest work-group
 * @param mostParameters the most bytes of a kernel's arguments
 * @param units the number of compute units
 * @param unified whether its memory is this machine's
 * @param roundedDivision whether float division and square root can be correctly rounded
 */
record Capabilities(
    long platform,
    long id,
    String name,
    String driver,
    boolean processor,
    boolean fp64,
    long memory,
    long mostAllocation,
    long localMemory,
    boolean ownLocalMemory,
    long mostGroup,
    long mostParameters,
    int units,
    boolean unified,
    boolean roundedDivision) {

  private static final String STYLE = "fluxion.gpu.style";
  private static final String OPTIONS = "fluxion.gpu.options";
  private static final String POCL = "Portable Computing Language";

  private static final int TYPE = 0x1000;
  private static final int COMPUTE_UNITS = 0x1002;
  private static final int WORK_GROUP_SIZE = 0x1004;
  private static final int ALLOCATION_SIZE = 0x1010;
  private static final int PARAMETER_SIZE = 0x1017;
  private static final int SINGLE_CONFIG = 0x101B;
  private static final int GLOBAL_SIZE = 0x101F;
  private static final int LOCAL_TYPE = 0x1022;
  private static final int LOCAL_SIZE = 0x1023;
  private static final int LITTLE_ENDIAN = 0x1026;
  private static final int AVAILABLE = 0x1027;
  private static final int COMPILER = 0x1028;
  private static final int NAME = 0x102B;
  private static final int DRIVER = 0x102D;
  private static final int PROFILE = 0x102E;
  private static final int VERSION = 0x102F;
  private static final int DOUBLE_CONFIG = 0x1032;
  private static final int UNIFIED = 0x1035;

  private static final long TYPE_CPU = 2;
  private static final long TYPE_GPU = 4;
  private static final long ROUNDED_DIVISION = 0x80;
  private static final long OWN_LOCAL = 1;

  /**
   * {@return what a device is}
   *
   * @param platform its platform
   * @param id the device
   */
  static Capabilities of(long platform, long id) {
    return new Capabilities(
        platform,
        id,
        Platforms.deviceText(id, NAME),
        String.join(
            "; ",
            Platforms.text(platform, Platforms.NAME),
            Platforms.text(platform, Platforms.VERSION),
            Platforms.deviceText(id, VERSION),
            Platforms.deviceText(id, DRIVER)),
        isProcessor(System.getProperty(STYLE, ""), number(id, TYPE)),
        number(id, DOUBLE_CONFIG) != 0,
        number(id, GLOBAL_SIZE),
        number(id, ALLOCATION_SIZE),
        number(id, LOCAL_SIZE),
        number(id, LOCAL_TYPE) == OWN_LOCAL,
        number(id, WORK_GROUP_SIZE),
        number(id, PARAMETER_SIZE),
        (int) number(id, COMPUTE_UNITS),
        number(id, UNIFIED) != 0,
        (number(id, SINGLE_CONFIG) & ROUNDED_DIVISION) != 0);
  }

  /** {@return whether kernels are written as for a processor: as a property says, or the type} */
  static boolean isProcessor(String style, long type) {
    return switch (style) {
      case "processor" -> true;
      case "card" -> false;
      case "" -> (type & TYPE_CPU) != 0;
      default ->
          throw new ArgumentException(
              "-D" + STYLE + "=" + style + ": expected 'card' or 'processor'");
    };
  }

  private static long number(long id, int what) {
    return Platforms.deviceNumber(id, what);
  }

  /**
   * {@return why a device cannot be used, or the empty text}
   *
   * @param id the device
   */
  static String problem(long id) {
    if (number(id, AVAILABLE) == 0) {
      return "is not available";
    }
    if (number(id, COMPILER) == 0) {
      return "has no compiler";
    }
    if (number(id, LITTLE_ENDIAN) == 0) {
      return "is big-endian";
    }
    return Platforms.deviceText(id, PROFILE).equals("FULL_PROFILE")
        ? ""
        : "has only OpenCL's embedded profile";
  }

  /**
   * {@return the place of a device among others: graphics cards first, processors last}
   *
   * @param id the device
   */
  static int rank(long id) {
    long type = number(id, TYPE);
    return (type & TYPE_GPU) != 0 ? 0 : (type & TYPE_CPU) != 0 ? 2 : 1;
  }

  /** {@return what sources are written for} */
  Dialect dialect() {
    return new Dialect(processor, fp64);
  }

  /** {@return the compiler's options} */
  String options() {
    String more = System.getProperty(OPTIONS, "").strip();
    // without warnings: drivers print them, such as that a loop could not be turned into vectors
    return "-cl-std=CL1.2 -w"
        + (roundedDivision ? " -cl-fp32-correctly-rounded-divide-sqrt" : "")
        + (more.isEmpty() ? "" : " " + more);
  }

  /**
   * {@return whether the driver keeps compiled kernels on disk itself, and would compile them once
   * more to hand them out}
   */
  boolean keepsPrograms() {
    return driver.startsWith(POCL);
  }

  /** {@return the dtypes that it stores} */
  Set<DType> storageTypes() {
    Set<DType> types = EnumSet.allOf(DType.class);
    if (!fp64) {
      types.remove(DType.FLOAT64);
    }
    return types;
  }

  /** {@return the dtypes in which it computes} */
  Set<DType> computeTypes() {
    Set<DType> types = storageTypes();
    types.removeIf(dtype -> dtype.computeType() != dtype);
    return types;
  }

  /** {@return what people are told} */
  String description() {
    return "%s, %d compute units, %d MiB%s, %s local memory, %s (%s)"
        .formatted(
            name,
            units,
            memory >> 20,
            unified ? " shared with the machine" : "",
            (localMemory >> 10) + " KiB of " + (ownLocalMemory ? "its own" : "global"),
            fp64 ? "float64" : "no float64",
            driver);
  }
}
