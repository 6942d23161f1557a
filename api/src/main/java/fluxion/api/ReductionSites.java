package fluxion.api;

import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import fluxion.api.spi.ReductionCall;
import fluxion.api.spi.SelectionCall;

/** The call sites behind reductions along dimensions and what else goes along lines. */
final class ReductionSites {
  static final OpSite<Call.Norm> NORM = OpSite.of("norm", Call.Norm.class);
  static final OpSite<Call.ReduceDim> ALL_DIM = OpSite.of("all", Call.ReduceDim.class);
  static final OpSite<Call.ReduceDim> ARGMAX = OpSite.of("argmax", Call.ReduceDim.class);
  static final OpSite<Call.DimDType> LOG_SOFTMAX = OpSite.of("log_softmax", Call.DimDType.class);
  static final OpSite<Call.DimDType> SOFTMAX = OpSite.of("softmax", Call.DimDType.class);
  static final OpSite<Call.ReduceDim> ANY_DIM = OpSite.of("any", Call.ReduceDim.class);
  static final OpSite<Call.ReduceDim> ARGMIN = OpSite.of("argmin", Call.ReduceDim.class);
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
  static final OpSite<Call.DimDType> CUMSUM = OpSite.of("cumsum", Call.DimDType.class);
  static final OpSite<Call.DimDType> CUMPROD = OpSite.of("cumprod", Call.DimDType.class);
  static final OpSite<ReductionCall.Dims> LOGSUMEXP =
      OpSite.of("logsumexp", ReductionCall.Dims.class);

  private ReductionSites() {}
}
