package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.Shape;

/**
 * A strided window onto a buffer: what a primitive reads or writes.
 *
 * <p>The window lies within the buffer: the engine has checked that.
 *
 * @param buffer the memory
 * @param layout where the elements lie in it; a stride may be 0 (a broadcast dimension) or negative
 */
public record Operand(Buffer buffer, Layout layout) {
  /**
   * Makes a window.
   *
   * @param buffer the memory
   * @param shape the sizes
   * @param strides the steps, in elements, one a dimension
   * @param offset where element {@code (0, 0, …)} lies, in elements
   */
  public Operand(Buffer buffer, Shape shape, long[] strides, long offset) {
    this(buffer, Layout.of(shape, strides, offset));
  }

  /** {@return the type of the elements} */
  public DType dtype() {
    return buffer.dtype();
  }

  /** {@return the sizes} */
  public Shape shape() {
    return layout.shape();
  }

  /** {@return the steps, in elements, in a new array} */
  public long[] strides() {
    return layout.strides();
  }

  /** {@return where element {@code (0, 0, …)} lies, in elements} */
  public long offset() {
    return layout.offset();
  }

  /** {@return the number of elements of the window} */
  public long numel() {
    return layout.shape().numel();
  }

  /** {@return whether the elements lie one after another in row-major order} */
  public boolean isContiguous() {
    return layout.isContiguous();
  }
}
