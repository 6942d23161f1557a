package fluxion.engine.tape;

/** Where a differentiable view comes from. */
final class ViewInfo {
  /** How a view was made, which says whether it may be written to. */
  enum Creation {
    /** By a function of one view, while recording. */
    DEFAULT,
    /** While recording was off. */
    NO_GRAD,
    /** By a function of several views. */
    MULTI
  }

  /** The tensor that is no view itself and whose memory is seen. */
  final TensorImpl base;

  /** How the view was made. */
  final Creation creation;

  /** The name of the function that made it, where it made several. */
  final String creator;

  /** Which of several views this is. */
  final int index;

  /** The version of the memory that the view's history is true of. */
  volatile long historyVersion;

  ViewInfo(TensorImpl base, Creation creation, String creator, int index, long version) {
    this.base = base;
    this.creation = creation;
    this.creator = creator;
    this.index = index;
    this.historyVersion = version;
  }
}
