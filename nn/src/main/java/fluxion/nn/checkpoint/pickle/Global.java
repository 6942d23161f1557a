package fluxion.nn.checkpoint.pickle;

/**
 * A name that a pickle refers to. It is only a name: nothing is looked up by it.
 *
 * @param module the Python module
 * @param name the name in it
 */
public record Global(String module, String name) {
  /** {@return the name as Python would write it} */
  @Override
  public String toString() {
    return module + "." + name;
  }
}
