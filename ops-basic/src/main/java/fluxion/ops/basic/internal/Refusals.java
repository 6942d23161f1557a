package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import java.util.function.Consumer;

/** Dtypes that operators refuse, in PyTorch's words. */
final class Refusals {
  private Refusals() {}

  /** A check that refuses bools, by the name that PyTorch gives its kernel. */
  static Consumer<DType> ofBool(String kernel) {
    return dtype -> {
      if (dtype == DType.BOOL) {
        throw notImplemented(kernel, dtype, "cast to an integer dtype");
      }
    };
  }

  /** A check that refuses floats, by the name that PyTorch gives its kernel. */
  static Consumer<DType> ofFloats(String kernel) {
    return dtype -> {
      if (dtype.isFloatingPoint()) {
        throw notImplemented(kernel, dtype, "give integers or bools");
      }
    };
  }

  /** A check that refuses all but floats, by the name that PyTorch gives its kernel. */
  static Consumer<DType> ofIntegers(String kernel) {
    return dtype -> {
      if (!dtype.isFloatingPoint()) {
        throw notImplemented(kernel, dtype, "cast to a floating-point dtype");
      }
    };
  }

  /** A number as PyTorch's messages show it: without a fraction if it has none. */
  static String shown(double number) {
    return number == (long) number ? Long.toString((long) number) : Double.toString(number);
  }

  /** What PyTorch's messages call a dtype where they give its type in C++. */
  static String nameInC(DType dtype) {
    return switch (dtype) {
      case BOOL -> "bool";
      case UINT8 -> "unsigned char";
      case INT8 -> "signed char";
      case INT16 -> "short int";
      case INT32 -> "int";
      case INT64 -> "long int";
      case FLOAT16 -> "c10::Half";
      case BFLOAT16 -> "c10::BFloat16";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
    };
  }

  /** What is thrown for a dtype, with what may be done instead. */
  static DTypeException notImplemented(String kernel, DType dtype, String instead) {
    return new DTypeException(
        "\"" + kernel + "\" not implemented for '" + dtype.typeName() + "'; " + instead);
  }
}
