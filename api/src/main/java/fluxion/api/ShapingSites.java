package fluxion.api;

import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import fluxion.api.spi.ShapingCall;

/** The call sites behind changes of shape and dtype. */
final class ShapingSites {
  static final OpSite<Call.Sized> VIEW = OpSite.of("view", Call.Sized.class);
  static final OpSite<Call.Sized> RESHAPE = OpSite.of("reshape", Call.Sized.class);
  static final OpSite<Call.Sized> EXPAND = OpSite.of("expand", Call.Sized.class);
  static final OpSite<Call.Dims> PERMUTE = OpSite.of("permute", Call.Dims.class);
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
  static final OpSite<Call.Cast> TO = OpSite.of("to", Call.Cast.class);
  static final OpSite<Call.Join> STACK = OpSite.of("stack", Call.Join.class);
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

  private ShapingSites() {}
}
