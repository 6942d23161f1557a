// Operations that OpenCL C leaves undefined, or has with other limits.

//# float_min
float float_min(float a, float b) {
  return a != a ? a : b != b ? b : a < b ? a : b < a ? b : as_float(as_int(a) | as_int(b));
}

//# float_max
float float_max(float a, float b) {
  return a != a ? a : b != b ? b : a > b ? a : b > a ? b : as_float(as_int(a) & as_int(b));
}

//# double_min
double double_min(double a, double b) {
  return a != a ? a : b != b ? b : a < b ? a : b < a ? b : as_double(as_long(a) | as_long(b));
}

//# double_max
double double_max(double a, double b) {
  return a != a ? a : b != b ? b : a > b ? a : b > a ? b : as_double(as_long(a) & as_long(b));
}

//# long_div
// cut towards zero; 0 for the divisor 0
long long_div(long a, long b) {
  return b == 0 ? 0L : b == -1 ? (long)(0ul - (ulong)a) : a / b;
}

//# long_fmod
long long_fmod(long a, long b) { return b == 0 || b == -1 ? 0L : a % b; }

//# long_remainder long_fmod
long long_remainder(long a, long b) {
  const long r = long_fmod(a, b);
  return r != 0 && (r ^ b) < 0 ? r + b : r;
}

//# long_pow
long long_pow(long a, long b) {
  if (b < 0) {
    return a == 1 ? 1L : a == -1 ? ((b & 1L) == 0 ? 1L : -1L) : 0L;
  }
  ulong result = 1;
  ulong square = (ulong)a;
  for (ulong e = (ulong)b; e != 0; e >>= 1) {
    if ((e & 1ul) != 0) {
      result *= square;
    }
    square *= square;
  }
  return (long)result;
}

//# long_shl
long long_shl(long a, long b, int width) {
  return b < 0 || b >= width ? 0L : (long)((ulong)a << b);
}

//# long_shr
long long_shr(long a, long b, int width) {
  return b < 0 || b >= width ? a >> 63 : a >> b;
}
