package fluxion.backend.cpu.convolution;

/** Lends arrays of one element type, as long as a product runs. */
public interface Lender {
  /**
   * {@return an array with any content}
   *
   * @param length its least length
   */
  Object borrow(int length);

  /**
   * Takes an array back.
   *
   * @param array the array
   */
  void giveBack(Object array);
}
