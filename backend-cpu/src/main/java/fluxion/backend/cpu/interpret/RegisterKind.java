package fluxion.backend.cpu.interpret;

import fluxion.api.DType;

/** The kinds of register, each an array of {@link Registers#BLOCK} elements. */
enum RegisterKind {
  /** A {@code float[]}: float32, float16 and bfloat16. */
  FLOAT,
  /** A {@code double[]}: float64. */
  DOUBLE,
  /** An {@code int[]}: int32, int16, int8, uint8 and truth values (0 and 1). */
  INT,
  /** A {@code long[]}: int64. */
  LONG;

  /** {@return the kind that holds a dtype} */
  static RegisterKind of(DType type) {
    return switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case INT64 -> LONG;
      default -> INT;
    };
  }

  /** {@return whether an array that stores a dtype is itself a register's} */
  static boolean isStoredAlike(DType type) {
    return type == DType.FLOAT32
        || type == DType.FLOAT64
        || type == DType.INT32
        || type == DType.INT64;
  }

  /** {@return a new register} */
  Object allocate() {
    return switch (this) {
      case FLOAT -> new float[Registers.BLOCK];
      case DOUBLE -> new double[Registers.BLOCK];
      case INT -> new int[Registers.BLOCK];
      case LONG -> new long[Registers.BLOCK];
    };
  }
}
