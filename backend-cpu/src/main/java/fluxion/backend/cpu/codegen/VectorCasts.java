package fluxion.backend.cpu.codegen;

import fluxion.api.DType;
import java.lang.classfile.CodeBuilder;

/** Writes conversions of the vector on the stack between dtypes. */
final class VectorCasts {
  private final CodeBuilder code;
  private final VectorCode vectors;
  private final StageMethod method;

  VectorCasts(CodeBuilder code, VectorCode vectors, StageMethod method) {
    this.code = code;
    this.vectors = vectors;
    this.method = method;
  }

  /**
   * Converts by the rules of {@code Expr.cast}, from any dtype but bool.
   *
   * @return the kind of the result or, if it is bool, the kind that the mask is for
   */
  Kind cast(DType from, DType to) {
    Kind source = Kind.of(from);
    if (to == DType.BOOL) {
      vectors.compare(source, "NE", 0);
      return source;
    }
    Kind target = Kind.of(to);
    if (from.computeType() != from) {
      decode(from);
      source = Kind.FLOAT;
    }
    if (to.computeType() != to) {
      encode(to);
    } else if (source.floating() && to.isIntegral()) {
      if (source == Kind.FLOAT && target == Kind.INT) {
        wrapFloats();
      } else {
        vectors.convert(source, Kind.LONG);
        convert(Kind.LONG, target);
      }
      wrap(to);
    } else {
      convert(source, target);
      wrap(to);
    }
    return target;
  }

  private void convert(Kind from, Kind to) {
    if (from != to) {
      vectors.convert(from, to);
    }
  }

  /** Wraps ints to a dtype of fewer bits. */
  void wrap(DType type) {
    switch (type) {
      case UINT8 -> vectors.binary(Kind.INT, "AND", 0xFF);
      case INT8 -> vectors.binary(Kind.INT, "LSHL", 24).binary(Kind.INT, "ASHR", 24);
      case INT16 -> vectors.binary(Kind.INT, "LSHL", 16).binary(Kind.INT, "ASHR", 16);
      default -> {}
    }
  }

  /**
   * Floats to the low 32 bits of the int64 that they are cut to.
   *
   * <p>An int conversion saturates where that wraps. From 2^31 on a float is an integer, its 24-bit
   * significand shifted to the left by its exponent − 150, so the low bits are that shift's; from
   * 2^63 on it counts as 2^63 − 1 or −2^63.
   */
  private void wrapFloats() {
    int x = method.newSlot(false);
    int exponent = method.newSlot(false);
    code.astore(x).aload(x);
    vectors.convert(Kind.FLOAT, Kind.INT);

    code.aload(x);
    vectors.reinterpret(Kind.FLOAT, Kind.INT).binary(Kind.INT, "LSHR", 23);
    vectors.binary(Kind.INT, "AND", 0xFF).binary(Kind.INT, "SUB", 150);
    code.astore(exponent);

    code.aload(x);
    vectors.reinterpret(Kind.FLOAT, Kind.INT).binary(Kind.INT, "AND", 0x7FFFFF);
    vectors.binary(Kind.INT, "OR", 0x800000).operation("LSHL");
    code.aload(exponent);
    vectors.binary(Kind.INT);
    vectors.broadcast(Kind.INT, 0);
    code.aload(exponent);
    vectors.compare(Kind.INT, "GT", 31).blend(Kind.INT);
    code.dup();
    vectors.unary(Kind.INT, "NEG");
    code.aload(x);
    vectors.compare(Kind.FLOAT, "LT", 0).castMask(Kind.FLOAT, Kind.INT).blend(Kind.INT);

    code.aload(x);
    vectors.unary(Kind.FLOAT, "ABS").compare(Kind.FLOAT, "GE", 0x1p31);
    vectors.castMask(Kind.FLOAT, Kind.INT).blend(Kind.INT);
    vectors.broadcast(Kind.INT, -1);
    code.aload(x);
    vectors.compare(Kind.FLOAT, "GE", 0x1p63).castMask(Kind.FLOAT, Kind.INT).blend(Kind.INT);
    method.release(x, false);
    method.release(exponent, false);
  }

  /**
   * Bits of 16-bit floats to float32.
   *
   * <p>A float16's exponent and fraction, put where a float32's are, make the value divided by
   * 2^112, also of a denormal; infinities and NaNs need the greatest exponent.
   */
  private void decode(DType half) {
    if (half == DType.BFLOAT16) {
      vectors.binary(Kind.INT, "LSHL", 16).reinterpret(Kind.INT, Kind.FLOAT);
      return;
    }
    int bits = method.newSlot(false);
    int magnitude = method.newSlot(false);
    code.astore(bits).aload(bits);
    vectors.binary(Kind.INT, "AND", 0x7FFF);
    code.dup().astore(magnitude);
    vectors.binary(Kind.INT, "LSHL", 13).reinterpret(Kind.INT, Kind.FLOAT);
    vectors.binary(Kind.FLOAT, "MUL", 0x1p112).reinterpret(Kind.FLOAT, Kind.INT);
    code.dup();
    vectors.binary(Kind.INT, "OR", 0x7F800000);
    code.aload(magnitude);
    vectors.compare(Kind.INT, "GE", 0x7C00).blend(Kind.INT).operation("OR");
    code.aload(bits);
    vectors.binary(Kind.INT, "AND", 0x8000).binary(Kind.INT, "LSHL", 16);
    vectors.binary(Kind.INT).reinterpret(Kind.INT, Kind.FLOAT);
    method.release(bits, false);
    method.release(magnitude, false);
  }

  /** Float32 to the bits of the nearest 16-bit float, ties to even. */
  private void encode(DType half) {
    int x = method.newSlot(false);
    int magnitude = method.newSlot(false);
    code.astore(x);
    if (half == DType.BFLOAT16) {
      roundBits(x, 16);
      vectors.broadcast(Kind.INT, 0x7FC0);
      isNan(x);
      vectors.blend(Kind.INT);
    } else {
      code.aload(x);
      vectors.unary(Kind.FLOAT, "ABS");
      code.astore(magnitude);
      toFloat16(magnitude);
      vectors.operation("OR");
      code.aload(x);
      vectors.reinterpret(Kind.FLOAT, Kind.INT).binary(Kind.INT, "LSHR", 16);
      vectors.binary(Kind.INT, "AND", 0x8000).binary(Kind.INT);
    }
    method.release(x, false);
    method.release(magnitude, false);
  }

  /** Drops the lowest bits of a float's, rounded to nearest, ties to even. */
  private void roundBits(int x, int dropped) {
    code.aload(x);
    vectors.reinterpret(Kind.FLOAT, Kind.INT);
    vectors.binary(Kind.INT, "ADD", (1 << (dropped - 1)) - 1).operation("ADD");
    code.aload(x);
    vectors.reinterpret(Kind.FLOAT, Kind.INT).binary(Kind.INT, "LSHR", dropped);
    vectors.binary(Kind.INT, "AND", 1).binary(Kind.INT).binary(Kind.INT, "LSHR", dropped);
  }

  private void isNan(int x) {
    code.aload(x);
    vectors.comparison("NE");
    code.aload(x);
    vectors.compare(Kind.FLOAT).castMask(Kind.FLOAT, Kind.INT);
  }

  /** The bits of a magnitude; below 2^−14, adding ½ rounds to the denormals' step of 2^−24. */
  private void toFloat16(int magnitude) {
    roundBits(magnitude, 13);
    vectors.binary(Kind.INT, "SUB", 112 << 10).binary(Kind.INT, "MIN", 0x7C00);
    code.aload(magnitude);
    vectors.binary(Kind.FLOAT, "ADD", 0.5).reinterpret(Kind.FLOAT, Kind.INT);
    vectors.binary(Kind.INT, "SUB", Float.floatToRawIntBits(0.5f));
    code.aload(magnitude);
    vectors.compare(Kind.FLOAT, "LT", 0x1p-14).castMask(Kind.FLOAT, Kind.INT).blend(Kind.INT);
    vectors.broadcast(Kind.INT, 0x7E00);
    isNan(magnitude);
    vectors.blend(Kind.INT);
  }
}
