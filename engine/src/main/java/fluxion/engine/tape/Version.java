package fluxion.engine.tape;

/**
 * How often memory has been written to in place, shared by a tensor, its views and what was
 * detached from it; and by which operator last, for the message of a backward that finds it
 * overwritten.
 */
public final class Version {
  private volatile long count;
  private String writer = "";
  private String writerSuffix = "";

  /** {@return how many writes there were} */
  public long count() {
    return count;
  }

  /**
   * {@return the count for other memory that takes the place of this one, which is one more write}
   *
   * @param operator the operator that exchanged it
   */
  Version next(String operator) {
    Version next = new Version();
    next.count = count;
    next.bump(operator);
    return next;
  }

  /** {@return the operator of the last write} */
  synchronized String writer() {
    return writer + writerSuffix;
  }

  /**
   * Counts a write.
   *
   * @param operator the operator that wrote
   */
  public void bump(String operator) {
    bump(operator, "");
  }

  /**
   * Counts a write.
   *
   * @param operator the operator that wrote
   * @param suffix what is written behind its name
   */
  public synchronized void bump(String operator, String suffix) {
    writer = operator;
    writerSuffix = suffix;
    count++;
  }
}
