package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.DTypeException;

/** Refusals that several operators have. */
final class Refusals {
  private Refusals() {}

  /** That an operator does not compute in a dtype. */
  static DTypeException notImplemented(String name, DType dtype) {
    return new DTypeException("\"" + name + "\" not implemented for '" + dtype.typeName() + "'");
  }

  /** Refuses what is no float. */
  static void requireFloat(String name, DType dtype) {
    if (!dtype.isFloatingPoint()) {
      throw notImplemented(name, dtype);
    }
  }

  /** A dtype as the messages of PyTorch's convolutions name it. */
  static String spelled(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> "double";
      case FLOAT32 -> "float";
      case FLOAT16 -> "c10::Half";
      case BFLOAT16 -> "c10::BFloat16";
      case INT64 -> "long int";
      case INT32 -> "int";
      case INT16 -> "short int";
      case INT8 -> "signed char";
      case UINT8 -> "unsigned char";
      case BOOL -> "bool";
    };
  }
}
