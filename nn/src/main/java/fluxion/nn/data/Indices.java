package fluxion.nn.data;

import fluxion.api.IndexException;

/** Checks numbers of examples. */
final class Indices {
  private Indices() {}

  /**
   * {@return the number}
   *
   * @param index the number of an example
   * @param size how many there are
   * @throws IndexException if there is no such example
   */
  static int check(int index, int size) {
    if (index < 0 || index >= size) {
      throw new IndexException(
          "there is no example " + index + " in a data set of " + size + " examples");
    }
    return index;
  }
}
