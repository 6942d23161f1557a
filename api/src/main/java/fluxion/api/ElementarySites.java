package fluxion.api;

import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;

/** The call sites behind the methods of {@link Elementary} and their in-place forms. */
final class ElementarySites {
  static final OpSite<Call.Unary> ABS = unary("abs");
  static final OpSite<Call.Unary> SIGN = unary("sign");
  static final OpSite<Call.Unary> SQUARE = unary("square");
  static final OpSite<Call.Unary> SQRT = unary("sqrt");
  static final OpSite<Call.Unary> RSQRT = unary("rsqrt");
  static final OpSite<Call.Unary> EXP = unary("exp");
  static final OpSite<Call.Unary> EXP2 = unary("exp2");
  static final OpSite<Call.Unary> EXPM1 = unary("expm1");
  static final OpSite<Call.Unary> LOG = unary("log");
  static final OpSite<Call.Unary> LOG2 = unary("log2");
  static final OpSite<Call.Unary> LOG10 = unary("log10");
  static final OpSite<Call.Unary> LOG1P = unary("log1p");
  static final OpSite<Call.Unary> SIN = unary("sin");
  static final OpSite<Call.Unary> COS = unary("cos");
  static final OpSite<Call.Unary> TAN = unary("tan");
  static final OpSite<Call.Unary> ASIN = unary("asin");
  static final OpSite<Call.Unary> ACOS = unary("acos");
  static final OpSite<Call.Unary> ATAN = unary("atan");
  static final OpSite<Call.Unary> SINH = unary("sinh");
  static final OpSite<Call.Unary> COSH = unary("cosh");
  static final OpSite<Call.Unary> TANH = unary("tanh");
  static final OpSite<Call.Unary> ASINH = unary("asinh");
  static final OpSite<Call.Unary> ACOSH = unary("acosh");
  static final OpSite<Call.Unary> ATANH = unary("atanh");
  static final OpSite<Call.Unary> ERF = unary("erf");
  static final OpSite<Call.Unary> ERFC = unary("erfc");
  static final OpSite<Call.Unary> ERFINV = unary("erfinv");
  static final OpSite<Call.Unary> FLOOR = unary("floor");
  static final OpSite<Call.Unary> CEIL = unary("ceil");
  static final OpSite<Call.Unary> ROUND = unary("round");
  static final OpSite<Call.Unary> TRUNC = unary("trunc");
  static final OpSite<Call.Unary> FRAC = unary("frac");
  static final OpSite<Call.Unary> SIGMOID = unary("sigmoid");
  static final OpSite<Call.Unary> RELU = unary("relu");
  static final OpSite<Call.Unary> RECIPROCAL = unary("reciprocal");

  static final OpSite<Call.Unary> NEG_ = unary("neg_");
  static final OpSite<Call.Unary> ABS_ = unary("abs_");
  static final OpSite<Call.Unary> SQRT_ = unary("sqrt_");
  static final OpSite<Call.Unary> EXP_ = unary("exp_");
  static final OpSite<Call.Unary> LOG_ = unary("log_");
  static final OpSite<Call.Unary> TANH_ = unary("tanh_");
  static final OpSite<Call.Unary> SIGMOID_ = unary("sigmoid_");
  static final OpSite<Call.Unary> RELU_ = unary("relu_");

  private ElementarySites() {}

  private static OpSite<Call.Unary> unary(String name) {
    return OpSite.of(name, Call.Unary.class);
  }
}
