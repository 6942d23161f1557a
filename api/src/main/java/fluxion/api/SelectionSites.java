package fluxion.api;

import fluxion.api.spi.IndexingCall;
import fluxion.api.spi.OpSite;
import fluxion.api.spi.SelectionCall;

/** The call sites behind indexing and choosing elements. */
final class SelectionSites {
  static final OpSite<IndexingCall.At> INDEX = OpSite.of("index", IndexingCall.At.class);
  static final OpSite<IndexingCall.Put> INDEX_PUT_ =
      OpSite.of("index_put_", IndexingCall.Put.class);
  static final OpSite<IndexingCall.Along> SCATTER = OpSite.of("scatter", IndexingCall.Along.class);
  static final OpSite<IndexingCall.Along> SCATTER_ADD =
      OpSite.of("scatter_add", IndexingCall.Along.class);
  static final OpSite<IndexingCall.Along> SCATTER_ADD_ =
      OpSite.of("scatter_add_", IndexingCall.Along.class);
  static final OpSite<IndexingCall.Add> INDEX_ADD = OpSite.of("index_add", IndexingCall.Add.class);
  static final OpSite<IndexingCall.Add> INDEX_ADD_ =
      OpSite.of("index_add_", IndexingCall.Add.class);
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

  private SelectionSites() {}
}
