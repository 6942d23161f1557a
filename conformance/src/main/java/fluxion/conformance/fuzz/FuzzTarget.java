package fluxion.conformance.fuzz;

/** Something that is tried with inputs that nobody wrote. */
public interface FuzzTarget {
  /** {@return its name, such as {@code programs}} */
  String name();

  /** {@return what it tries, in a sentence} */
  String covers();

  /**
   * Tries one input.
   *
   * @param source the input: what it says decides everything
   * @throws Finding if something is wrong
   */
  void run(ByteSource source);
}
