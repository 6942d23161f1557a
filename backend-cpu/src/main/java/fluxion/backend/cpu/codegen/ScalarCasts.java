package fluxion.backend.cpu.codegen;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;

import fluxion.api.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;

/** Writes conversions of the number on the stack between dtypes. */
final class ScalarCasts {
  private final CodeBuilder code;

  ScalarCasts(CodeBuilder code) {
    this.code = code;
  }

  /** Converts by the rules of {@code Expr.cast}. */
  void cast(DType from, DType to) {
    if (from == to) {
      return;
    }
    if (from.computeType() != from) {
      decode(from);
      cast(DType.FLOAT32, to);
    } else if (to.computeType() != to) {
      encode(Kind.of(from), to);
    } else if (to == DType.BOOL) {
      toBool(Kind.of(from));
    } else if (to.isFloatingPoint()) {
      convert(Kind.of(from), Kind.of(to));
    } else {
      // Floats go through int64, so that what lies beyond the narrower range wraps.
      Kind whole = from.isFloatingPoint() ? Kind.LONG : Kind.of(from);
      convert(Kind.of(from), whole);
      convert(whole, Kind.of(to));
      wrap(to);
    }
  }

  /** Wraps an int to a dtype of fewer bits. */
  void wrap(DType type) {
    switch (type) {
      case BOOL -> code.iconst_1().iand();
      case UINT8 -> code.loadConstant(0xFF).iand();
      case INT8 -> code.i2b();
      case INT16 -> code.i2s();
      default -> {}
    }
  }

  private void convert(Kind from, Kind to) {
    if (from != to) {
      code.conversion(from.type, to.type);
    }
  }

  private void toBool(Kind kind) {
    Label zero = code.newLabel();
    Label end = code.newLabel();
    switch (kind) {
      case INT -> {}
      case LONG -> code.lconst_0().lcmp();
      case FLOAT -> code.fconst_0().fcmpl();
      case DOUBLE -> code.dconst_0().dcmpl();
    }
    code.ifeq(zero).iconst_1().goto_(end).labelBinding(zero).iconst_0().labelBinding(end);
  }

  /** Bits to a float32. */
  private void decode(DType half) {
    if (half == DType.FLOAT16) {
      code.i2s().invokestatic(Names.FLOAT, "float16ToFloat", MethodTypeDesc.of(CD_float, CD_short));
    } else {
      code.bipush(16)
          .ishl()
          .invokestatic(Names.FLOAT, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
    }
  }

  /** Any number to the bits of the nearest 16-bit float, rounded once. */
  private void encode(Kind from, DType half) {
    if (from == Kind.FLOAT && half == DType.FLOAT16) {
      code.invokestatic(Names.FLOAT, "floatToFloat16", MethodTypeDesc.of(CD_short, CD_float));
      return;
    }
    boolean whole = from == Kind.LONG;
    if (!whole) {
      convert(from, Kind.DOUBLE);
    }
    code.invokestatic(
        Names.HALF_FLOATS,
        half == DType.FLOAT16 ? "toFloat16" : "toBfloat16",
        MethodTypeDesc.of(CD_short, whole ? CD_long : CD_double));
  }
}
