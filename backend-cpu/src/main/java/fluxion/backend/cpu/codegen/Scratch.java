package fluxion.backend.cpu.codegen;

/** Makes the arrays in which one stage leaves values for another. */
final class Scratch {
  private Scratch() {}

  /**
   * {@return new arrays, one a letter}
   *
   * @param kinds the letters of their {@link Kind}s
   * @param length how long each is
   */
  static Object[] allocate(String kinds, int length) {
    Object[] arrays = new Object[kinds.length()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] =
          switch (kinds.charAt(i)) {
            case 'F' -> new float[length];
            case 'D' -> new double[length];
            case 'L' -> new long[length];
            default -> new int[length];
          };
    }
    return arrays;
  }
}
