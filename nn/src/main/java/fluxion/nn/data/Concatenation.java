package fluxion.nn.data;

import fluxion.api.ArgumentException;
import java.util.List;
import java.util.random.RandomGenerator;

/** Data sets one behind the other. */
final class Concatenation implements Dataset {
  private final List<Dataset> parts;
  private final int size;

  Concatenation(List<Dataset> parts) {
    this.parts = List.copyOf(parts);
    long sum = parts.stream().mapToLong(Dataset::size).sum();
    if (sum > Integer.MAX_VALUE) {
      throw new ArgumentException(
          "the data sets have " + sum + " examples together; one has at most 2147483647");
    }
    this.size = (int) sum;
  }

  @Override
  public int size() {
    return size;
  }

  /** What is asked of the part that has an example. */
  private interface Question {
    Example of(Dataset part, int index);
  }

  private Example ask(int index, Question question) {
    int within = Indices.check(index, size);
    for (Dataset part : parts) {
      if (within < part.size()) {
        return question.of(part, within);
      }
      within -= part.size();
    }
    throw new IllegalStateException("a data set has become smaller");
  }

  @Override
  public Example get(int index) {
    return ask(index, Dataset::get);
  }

  @Override
  public Example get(int index, RandomGenerator random) {
    return ask(index, (part, within) -> part.get(within, random));
  }
}
