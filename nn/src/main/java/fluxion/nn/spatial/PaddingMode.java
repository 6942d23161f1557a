package fluxion.nn.spatial;

/** What the positions hold that a convolution adds around its input. */
public enum PaddingMode {
  /** Zeros. */
  ZEROS("zeros"),
  /** The input mirrored at its edge, which is not repeated. */
  REFLECT("reflect"),
  /** The element at the edge. */
  REPLICATE("replicate"),
  /** The input again from its other side. */
  CIRCULAR("circular");

  private final String text;

  PaddingMode(String text) {
    this.text = text;
  }

  /** {@return PyTorch's name} */
  public String text() {
    return text;
  }
}
