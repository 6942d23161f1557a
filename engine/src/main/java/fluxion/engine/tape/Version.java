package fluxion.engine.tape;

/**
 * How often memory has been written to in place, shared by a tensor, its views and what was
 * detached from it; and by which operator last, for the message of a backward that finds it
 * overwritten.
 */
public final class Version {
  private volatile long count;
  private volatile String writer = "";

  /** {@return how many writes there were} */
  public long count() {
    return count;
  }

  /** {@return the operator of the last write} */
  String writer() {
    return writer;
  }

  /**
   * Counts a write.
   *
   * @param operator the operator that wrote
   */
  public synchronized void bump(String operator) {
    writer = operator;
    count++;
  }
}
