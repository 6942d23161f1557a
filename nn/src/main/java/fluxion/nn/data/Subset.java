package fluxion.nn.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Some examples of a data set. */
final class Subset implements Dataset {
  private final Dataset source;
  private final int[] indices;

  Subset(Dataset source, int[] indices) {
    for (int index : indices) {
      Indices.check(index, source.size());
    }
    this.source = source;
    this.indices = indices.clone();
  }

  @Override
  public int size() {
    return indices.length;
  }

  private int at(int index) {
    return indices[Indices.check(index, indices.length)];
  }

  @Override
  public Example get(int index) {
    return source.get(at(index));
  }

  @Override
  public Example get(int index, RandomGenerator random) {
    return source.get(at(index), random);
  }

  @Override
  public boolean isUniform() {
    return source.isUniform();
  }

  @Override
  public Batch batch(int[] wanted, RandomGenerator[] randoms) {
    return source.batch(Arrays.stream(wanted).map(this::at).toArray(), randoms);
  }
}
