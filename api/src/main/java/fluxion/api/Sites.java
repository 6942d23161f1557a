package fluxion.api;

import fluxion.api.spi.Call;
import fluxion.api.spi.IndexingCall;
import fluxion.api.spi.OpSite;
import fluxion.api.spi.ReductionCall;
import fluxion.api.spi.SelectionCall;
import fluxion.api.spi.ShapingCall;

/** The call sites behind the methods of {@link Tensor}. */
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
  static final OpSite<Call.Norm> NORM = OpSite.of("norm", Call.Norm.class);
  static final OpSite<Call.Unary> ALL = unary("all");
  static final OpSite<Call.ReduceDim> ALL_DIM = OpSite.of("all", Call.ReduceDim.class);
  static final OpSite<Call.ReduceDim> ARGMAX = OpSite.of("argmax", Call.ReduceDim.class);

  static final OpSite<Call.Sized> VIEW = OpSite.of("view", Call.Sized.class);
  static final OpSite<Call.Sized> RESHAPE = OpSite.of("reshape", Call.Sized.class);
  static final OpSite<Call.Sized> EXPAND = OpSite.of("expand", Call.Sized.class);
  static final OpSite<Call.Dims> PERMUTE = OpSite.of("permute", Call.Dims.class);
  static final OpSite<Call.Unary> T = unary("t");
  static final OpSite<Call.TwoDims> TRANSPOSE = OpSite.of("transpose", Call.TwoDims.class);
  static final OpSite<Call.Dim> SQUEEZE = OpSite.of("squeeze", Call.Dim.class);
  static final OpSite<Call.Dim> UNSQUEEZE = OpSite.of("unsqueeze", Call.Dim.class);
  static final OpSite<Call.Select> SELECT = OpSite.of("select", Call.Select.class);
  static final OpSite<Call.Slice> SLICE = OpSite.of("slice", Call.Slice.class);
  static final OpSite<Call.Unbind> UNBIND = OpSite.of("unbind", Call.Unbind.class);
  static final OpSite<Call.Split> SPLIT = OpSite.of("split", Call.Split.class);
  static final OpSite<Call.SplitSizes> SPLIT_SIZES = OpSite.of("split", Call.SplitSizes.class);
  static final OpSite<ShapingCall.Diagonal> DIAGONAL =
      OpSite.of("diagonal", ShapingCall.Diagonal.class);
  static final OpSite<ShapingCall.Offset> TRIL = OpSite.of("tril", ShapingCall.Offset.class);
  static final OpSite<ShapingCall.Offset> TRIU = OpSite.of("triu", ShapingCall.Offset.class);
  static final OpSite<Call.Dims> FLIP = OpSite.of("flip", Call.Dims.class);
  static final OpSite<ShapingCall.Roll> ROLL = OpSite.of("roll", ShapingCall.Roll.class);
  static final OpSite<Call.Sized> REPEAT = OpSite.of("repeat", Call.Sized.class);
  static final OpSite<ShapingCall.Windows> UNFOLD = OpSite.of("unfold", ShapingCall.Windows.class);
  static final OpSite<IndexingCall.At> INDEX = OpSite.of("index", IndexingCall.At.class);
  static final OpSite<IndexingCall.Put> INDEX_PUT_ =
      OpSite.of("index_put_", IndexingCall.Put.class);
  static final OpSite<Call.Binary> MASKED_SELECT = OpSite.of("masked_select", Call.Binary.class);
  static final OpSite<Call.Unary> NONZERO = unary("nonzero");
  static final OpSite<IndexingCall.Along> SCATTER = OpSite.of("scatter", IndexingCall.Along.class);
  static final OpSite<IndexingCall.Along> SCATTER_ADD =
      OpSite.of("scatter_add", IndexingCall.Along.class);
  static final OpSite<IndexingCall.Along> SCATTER_ADD_ =
      OpSite.of("scatter_add_", IndexingCall.Along.class);
  static final OpSite<IndexingCall.Add> INDEX_ADD = OpSite.of("index_add", IndexingCall.Add.class);
  static final OpSite<IndexingCall.Add> INDEX_ADD_ =
      OpSite.of("index_add_", IndexingCall.Add.class);
  static final OpSite<Call.Unary> CLONE = unary("clone");
  static final OpSite<Call.Unary> CONTIGUOUS = unary("contiguous");
  static final OpSite<Call.Cast> TO = OpSite.of("to", Call.Cast.class);

  static final OpSite<Call.Binary> MATMUL = OpSite.of("matmul", Call.Binary.class);
  static final OpSite<Call.Binary> MM = OpSite.of("mm", Call.Binary.class);
  static final OpSite<Call.Binary> MV = OpSite.of("mv", Call.Binary.class);
  static final OpSite<Call.Binary> DOT = OpSite.of("dot", Call.Binary.class);
  static final OpSite<Call.Binary> BMM = OpSite.of("bmm", Call.Binary.class);

  static final OpSite<Call.DimDType> LOG_SOFTMAX = OpSite.of("log_softmax", Call.DimDType.class);
  static final OpSite<Call.DimDType> SOFTMAX = OpSite.of("softmax", Call.DimDType.class);
  static final OpSite<Call.Join> STACK = OpSite.of("stack", Call.Join.class);

  static final OpSite<Call.Unary> ISNAN = unary("isnan");
  static final OpSite<Call.Unary> ISINF = unary("isinf");
  static final OpSite<Call.Unary> ISFINITE = unary("isfinite");
  static final OpSite<Call.Unary> LOGICAL_NOT = unary("logical_not");
  static final OpSite<Call.Binary> LOGICAL_AND = OpSite.of("logical_and", Call.Binary.class);
  static final OpSite<Call.Binary> LOGICAL_OR = OpSite.of("logical_or", Call.Binary.class);
  static final OpSite<Call.Binary> LOGICAL_XOR = OpSite.of("logical_xor", Call.Binary.class);

  static final OpSite<Call.Binary> MAXIMUM = OpSite.of("maximum", Call.Binary.class);
  static final OpSite<Call.Binary> MINIMUM = OpSite.of("minimum", Call.Binary.class);
  static final OpSite<SelectionCall.Clamp> CLAMP = OpSite.of("clamp", SelectionCall.Clamp.class);
  static final OpSite<SelectionCall.ClampTensors> CLAMP_TENSORS =
      OpSite.of("clamp", SelectionCall.ClampTensors.class);
  static final OpSite<SelectionCall.Clamp> CLAMP_ = OpSite.of("clamp_", SelectionCall.Clamp.class);
  static final OpSite<SelectionCall.Where> WHERE = OpSite.of("where", SelectionCall.Where.class);
  static final OpSite<SelectionCall.WhereElseNumber> WHERE_ELSE_NUMBER =
      OpSite.of("where", SelectionCall.WhereElseNumber.class);
  static final OpSite<SelectionCall.MaskedFill> MASKED_FILL =
      OpSite.of("masked_fill", SelectionCall.MaskedFill.class);
  static final OpSite<SelectionCall.MaskedFill> MASKED_FILL_ =
      OpSite.of("masked_fill_", SelectionCall.MaskedFill.class);
  static final OpSite<SelectionCall.Pick> GATHER = OpSite.of("gather", SelectionCall.Pick.class);
  static final OpSite<SelectionCall.Pick> INDEX_SELECT =
      OpSite.of("index_select", SelectionCall.Pick.class);

  static final OpSite<Call.Unary> ANY = unary("any");
  static final OpSite<Call.ReduceDim> ANY_DIM = OpSite.of("any", Call.ReduceDim.class);
  static final OpSite<Call.Unary> ARGMAX_ALL = unary("argmax");
  static final OpSite<Call.Unary> ARGMIN_ALL = unary("argmin");
  static final OpSite<Call.ReduceDim> ARGMIN = OpSite.of("argmin", Call.ReduceDim.class);
  static final OpSite<Call.Unary> MAX = unary("max");
  static final OpSite<Call.Unary> MIN = unary("min");
  static final OpSite<ReductionCall.ValuesAndIndices> MAX_DIM =
      OpSite.of("max", ReductionCall.ValuesAndIndices.class);
  static final OpSite<ReductionCall.ValuesAndIndices> MIN_DIM =
      OpSite.of("min", ReductionCall.ValuesAndIndices.class);
  static final OpSite<ReductionCall.Dims> AMAX = OpSite.of("amax", ReductionCall.Dims.class);
  static final OpSite<ReductionCall.Dims> AMIN = OpSite.of("amin", ReductionCall.Dims.class);
  static final OpSite<ReductionCall.All> PROD = OpSite.of("prod", ReductionCall.All.class);
  static final OpSite<ReductionCall.OneDim> PROD_DIM =
      OpSite.of("prod", ReductionCall.OneDim.class);
  static final OpSite<ReductionCall.UnbiasedDims> VAR =
      OpSite.of("var", ReductionCall.UnbiasedDims.class);
  static final OpSite<ReductionCall.UnbiasedDims> STD =
      OpSite.of("std", ReductionCall.UnbiasedDims.class);

  static final OpSite<SelectionCall.Sort> SORT = OpSite.of("sort", SelectionCall.Sort.class);
  static final OpSite<SelectionCall.Top> TOPK = OpSite.of("topk", SelectionCall.Top.class);
  static final OpSite<Call.Unary> MEDIAN = unary("median");
  static final OpSite<Call.DimDType> CUMSUM = OpSite.of("cumsum", Call.DimDType.class);
  static final OpSite<Call.DimDType> CUMPROD = OpSite.of("cumprod", Call.DimDType.class);
  static final OpSite<ReductionCall.Dims> LOGSUMEXP =
      OpSite.of("logsumexp", ReductionCall.Dims.class);

  static final OpSite<Call.Unary> SQUEEZE_ALL = unary("squeeze");
  static final OpSite<Call.TwoDims> FLATTEN = OpSite.of("flatten", Call.TwoDims.class);
  static final OpSite<ShapingCall.Unflatten> UNFLATTEN =
      OpSite.of("unflatten", ShapingCall.Unflatten.class);
  static final OpSite<ShapingCall.MoveDims> MOVEDIM =
      OpSite.of("movedim", ShapingCall.MoveDims.class);
  static final OpSite<ShapingCall.Narrow> NARROW = OpSite.of("narrow", ShapingCall.Narrow.class);
  static final OpSite<ShapingCall.Chunk> CHUNK = OpSite.of("chunk", ShapingCall.Chunk.class);
  static final OpSite<Call.Join> CAT = OpSite.of("cat", Call.Join.class);
  static final OpSite<ShapingCall.Stack> HSTACK = OpSite.of("hstack", ShapingCall.Stack.class);
  static final OpSite<ShapingCall.Stack> VSTACK = OpSite.of("vstack", ShapingCall.Stack.class);

  static final OpSite<Call.BinaryScalar> POW_SCALAR_ = OpSite.of("pow_", Call.BinaryScalar.class);

  static final Scalar ONE = Scalar.of(1);

  private Sites() {}

  private static OpSite<Call.Unary> unary(String name) {
    return OpSite.of(name, Call.Unary.class);
  }
}
