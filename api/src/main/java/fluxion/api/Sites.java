package fluxion.api;

import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;

/**
 * The call sites behind the methods of {@link Tensor} whose forms of call are the most common: two
 * tensors, a tensor and a number, or one tensor. Those of other forms are in classes of their own,
 * as each form is a class that the JVM loads with the first of its sites.
 */
final class Sites {
  static final OpSite<Call.Scaled> ADD = OpSite.of("add", Call.Scaled.class);
  static final OpSite<Call.ScaledScalar> ADD_SCALAR = OpSite.of("add", Call.ScaledScalar.class);
  static final OpSite<Call.Scaled> SUB = OpSite.of("sub", Call.Scaled.class);
  static final OpSite<Call.ScaledScalar> SUB_SCALAR = OpSite.of("sub", Call.ScaledScalar.class);
  static final OpSite<Call.ScaledScalar> RSUB_SCALAR = OpSite.of("rsub", Call.ScaledScalar.class);
  static final OpSite<Call.Binary> MUL = OpSite.of("mul", Call.Binary.class);
  static final OpSite<Call.BinaryScalar> MUL_SCALAR = OpSite.of("mul", Call.BinaryScalar.class);
  static final OpSite<Call.Division> DIV = OpSite.of("div", Call.Division.class);
  static final OpSite<Call.DivisionScalar> DIV_SCALAR = OpSite.of("div", Call.DivisionScalar.class);
  static final OpSite<Call.Binary> POW = OpSite.of("pow", Call.Binary.class);
  static final OpSite<Call.BinaryScalar> POW_SCALAR = OpSite.of("pow", Call.BinaryScalar.class);
  static final OpSite<Call.ScalarBinary> RPOW_SCALAR = OpSite.of("pow", Call.ScalarBinary.class);
  static final OpSite<Call.Unary> NEG = unary("neg");
  static final OpSite<Call.Binary> EQ = OpSite.of("eq", Call.Binary.class);
  static final OpSite<Call.Binary> NE = OpSite.of("ne", Call.Binary.class);
  static final OpSite<Call.Binary> LT = OpSite.of("lt", Call.Binary.class);
  static final OpSite<Call.Binary> LE = OpSite.of("le", Call.Binary.class);
  static final OpSite<Call.Binary> GT = OpSite.of("gt", Call.Binary.class);
  static final OpSite<Call.Binary> GE = OpSite.of("ge", Call.Binary.class);
  static final OpSite<Call.BinaryScalar> EQ_SCALAR = OpSite.of("eq", Call.BinaryScalar.class);
  static final OpSite<Call.BinaryScalar> NE_SCALAR = OpSite.of("ne", Call.BinaryScalar.class);
  static final OpSite<Call.BinaryScalar> LT_SCALAR = OpSite.of("lt", Call.BinaryScalar.class);
  static final OpSite<Call.BinaryScalar> LE_SCALAR = OpSite.of("le", Call.BinaryScalar.class);
  static final OpSite<Call.BinaryScalar> GT_SCALAR = OpSite.of("gt", Call.BinaryScalar.class);
  static final OpSite<Call.BinaryScalar> GE_SCALAR = OpSite.of("ge", Call.BinaryScalar.class);
  static final OpSite<Call.Scaled> ADD_ = OpSite.of("add_", Call.Scaled.class);
  static final OpSite<Call.ScaledScalar> ADD_SCALAR_ = OpSite.of("add_", Call.ScaledScalar.class);
  static final OpSite<Call.Scaled> SUB_ = OpSite.of("sub_", Call.Scaled.class);
  static final OpSite<Call.ScaledScalar> SUB_SCALAR_ = OpSite.of("sub_", Call.ScaledScalar.class);
  static final OpSite<Call.Binary> MUL_ = OpSite.of("mul_", Call.Binary.class);
  static final OpSite<Call.BinaryScalar> MUL_SCALAR_ = OpSite.of("mul_", Call.BinaryScalar.class);
  static final OpSite<Call.Division> DIV_ = OpSite.of("div_", Call.Division.class);
  static final OpSite<Call.DivisionScalar> DIV_SCALAR_ =
      OpSite.of("div_", Call.DivisionScalar.class);
  static final OpSite<Call.Unary> ZERO_ = unary("zero_");
  static final OpSite<Call.BinaryScalar> FILL_ = OpSite.of("fill_", Call.BinaryScalar.class);
  static final OpSite<Call.Binary> COPY_ = OpSite.of("copy_", Call.Binary.class);
  static final OpSite<Call.Reduce> SUM = OpSite.of("sum", Call.Reduce.class);
  static final OpSite<Call.Reduce> MEAN = OpSite.of("mean", Call.Reduce.class);
  static final OpSite<Call.Unary> ALL = unary("all");
  static final OpSite<Call.Unary> T = unary("t");
  static final OpSite<Call.Binary> MASKED_SELECT = OpSite.of("masked_select", Call.Binary.class);
  static final OpSite<Call.Unary> NONZERO = unary("nonzero");
  static final OpSite<Call.Unary> CLONE = unary("clone");
  static final OpSite<Call.Unary> CONTIGUOUS = unary("contiguous");
  static final OpSite<Call.Binary> MATMUL = OpSite.of("matmul", Call.Binary.class);
  static final OpSite<Call.Binary> MM = OpSite.of("mm", Call.Binary.class);
  static final OpSite<Call.Binary> MV = OpSite.of("mv", Call.Binary.class);
  static final OpSite<Call.Binary> DOT = OpSite.of("dot", Call.Binary.class);
  static final OpSite<Call.Binary> BMM = OpSite.of("bmm", Call.Binary.class);
  static final OpSite<Call.Unary> ISNAN = unary("isnan");
  static final OpSite<Call.Unary> ISINF = unary("isinf");
  static final OpSite<Call.Unary> ISFINITE = unary("isfinite");
  static final OpSite<Call.Unary> LOGICAL_NOT = unary("logical_not");
  static final OpSite<Call.Binary> LOGICAL_AND = OpSite.of("logical_and", Call.Binary.class);
  static final OpSite<Call.Binary> LOGICAL_OR = OpSite.of("logical_or", Call.Binary.class);
  static final OpSite<Call.Binary> LOGICAL_XOR = OpSite.of("logical_xor", Call.Binary.class);
  static final OpSite<Call.Binary> MAXIMUM = OpSite.of("maximum", Call.Binary.class);
  static final OpSite<Call.Binary> MINIMUM = OpSite.of("minimum", Call.Binary.class);
  static final OpSite<Call.Unary> ANY = unary("any");
  static final OpSite<Call.Unary> ARGMAX_ALL = unary("argmax");
  static final OpSite<Call.Unary> ARGMIN_ALL = unary("argmin");
  static final OpSite<Call.Unary> MAX = unary("max");
  static final OpSite<Call.Unary> MIN = unary("min");
  static final OpSite<Call.Unary> MEDIAN = unary("median");
  static final OpSite<Call.Unary> SQUEEZE_ALL = unary("squeeze");
  static final OpSite<Call.BinaryScalar> POW_SCALAR_ = OpSite.of("pow_", Call.BinaryScalar.class);

  static final Scalar ONE = Scalar.of(1);

  private Sites() {}

  private static OpSite<Call.Unary> unary(String name) {
    return OpSite.of(name, Call.Unary.class);
  }
}
