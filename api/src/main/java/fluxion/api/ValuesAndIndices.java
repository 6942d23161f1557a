package fluxion.api;

/**
 * Elements and where they were found.
 *
 * @param values the elements
 * @param indices their int64 indices along the dimension that was searched
 */
public record ValuesAndIndices(Tensor values, Tensor indices) {
  /** The two results of an operator. */
  static ValuesAndIndices of(Tensor[] results) {
    return new ValuesAndIndices(results[0], results[1]);
  }
}
