package fluxion.nn.data;

/**
 * How a file of separated values is read: immutable, each method gives a changed copy.
 *
 * @param header whether the first line names the columns
 * @param separator what stands between fields
 * @param label the column of the label, from 0, or from -1 back from the last
 * @param labels what labels are
 */
public record CsvOptions(boolean header, char separator, int label, Labels labels) {

  /** What the labels of a file are. */
  public enum Labels {
    /** Numbers of classes, from 0: int64. */
    CLASSES,
    /** Names of classes, which are numbered in the order of the alphabet: int64. */
    NAMES,
    /** Numbers: float32. */
    VALUES
  }

  /** Commas, no header, and in the last column the number of a class. */
  public static final CsvOptions DEFAULT = new CsvOptions(false, ',', -1, Labels.CLASSES);

  /**
   * {@return these options with or without a line that names the columns}
   *
   * @param changed whether there is one
   */
  public CsvOptions header(boolean changed) {
    return new CsvOptions(changed, separator, label, labels);
  }

  /**
   * {@return these options with something else between fields}
   *
   * @param changed what stands there
   */
  public CsvOptions separator(char changed) {
    return new CsvOptions(header, changed, label, labels);
  }

  /**
   * {@return these options with the label in another column}
   *
   * @param column the column, from 0, or from -1 back from the last
   * @param kind what labels are
   */
  public CsvOptions label(int column, Labels kind) {
    return new CsvOptions(header, separator, column, kind);
  }
}
