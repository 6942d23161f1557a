// Conversions between dtypes. A part begins with its name and the parts that it needs; only parts
// that a kernel uses become part of its source.

//# f16
float f16_value(ushort h) {
  uint u = (uint)(h & 0x7fff) << 13;
  const uint exponent = u & 0x0f800000u;
  u += 0x38000000u; // the bias
  if (exponent == 0x0f800000u) {
    u += 0x38000000u; // infinity or NaN
  } else if (exponent == 0) {
    u += 0x00800000u; // subnormal: normalised by a subtraction
    u = as_uint(as_float(u) - as_float(0x38800000u));
  }
  return as_float(u | (uint)(h & 0x8000) << 16);
}

// to nearest, ties to even
ushort f16_bits(float x) {
  uint u = as_uint(x);
  const uint sign = u >> 16 & 0x8000u;
  u &= 0x7fffffffu;
  if (u > 0x7f800000u) {
    return (ushort)(sign | 0x7e00u);
  }
  if (u >= 0x47800000u) {
    return (ushort)(sign | 0x7c00u);
  }
  if (u < 0x38800000u) {
    // the unit in the last place of 1/2 is the least subnormal number: the addition rounds
    return (ushort)(sign | (as_uint(as_float(u) + 0.5f) - 0x3f000000u));
  }
  u += 0xc8000fffu + (u >> 13 & 1u);
  return (ushort)(sign | u >> 13);
}

//# f16_round f16
float f16_round(float x) { return f16_value(f16_bits(x)); }

//# bf16
float bf16_value(ushort h) { return as_float((uint)h << 16); }

ushort bf16_bits(float x) {
  const uint u = as_uint(x);
  if ((u & 0x7fffffffu) > 0x7f800000u) {
    return (ushort)(u >> 16 | 0x40u);
  }
  return (ushort)((u + 0x7fffu + (u >> 16 & 1u)) >> 16);
}

//# bf16_round bf16
float bf16_round(float x) { return bf16_value(bf16_bits(x)); }

//# double_to_odd
// Cut to a float with the last bit set if anything was cut: rounding that once more to 16 bits is
// rounding once.
float double_to_odd(double x) {
  const float f = (float)x;
  if ((double)f == x || x != x) {
    return f;
  }
  int bits = as_int(f);
  if (fabs((double)f) > fabs(x)) {
    bits--;
  }
  return as_float(bits | 1);
}

//# long_to_odd
float long_to_odd(long x) {
  const ulong a = x < 0 ? 0ul - (ulong)x : (ulong)x;
  const int cut = 40 - (int)clz(a | 1ul);
  if (cut <= 0) {
    return (float)x;
  }
  const ulong head = a >> cut;
  const float f =
      (float)(head << cut == a ? head : head | 1ul) * as_float((uint)(127 + cut) << 23);
  return x < 0 ? -f : f;
}

//# float_to_long
// cut towards zero; NaN is 0, what is beyond the range its ends
long float_to_long(float x) {
  return x != x ? 0L
      : x >= 9223372036854775808.0f ? 0x7fffffffffffffffL
      : x <= -9223372036854775808.0f ? -0x7fffffffffffffffL - 1L
      : (long)x;
}

//# double_to_long
long double_to_long(double x) {
  return x != x ? 0L
      : x >= 9223372036854775808.0 ? 0x7fffffffffffffffL
      : x <= -9223372036854775808.0 ? -0x7fffffffffffffffL - 1L
      : (long)x;
}
