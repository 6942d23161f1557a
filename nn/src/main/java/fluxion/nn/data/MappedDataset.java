package fluxion.nn.data;

import java.util.random.RandomGenerator;

/** A data set with transformed inputs. */
final class MappedDataset implements Dataset {
  private final Dataset source;
  private final Transform transform;

  MappedDataset(Dataset source, Transform transform) {
    this.source = source;
    this.transform = transform;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Example get(int index) {
    return get(index, Randoms.of(0, 0, index));
  }

  @Override
  public Example get(int index, RandomGenerator random) {
    Example example = source.get(index, random);
    return new Example(transform.apply(example.input(), random), example.label());
  }

  @Override
  public boolean isUniform() {
    return source.isUniform() && transform.mapsBatches();
  }

  @Override
  public Batch batch(int[] indices, RandomGenerator[] randoms) {
    if (!isUniform()) {
      return Dataset.super.batch(indices, randoms);
    }
    Batch batch = source.batch(indices, randoms);
    return new Batch(transform.apply(batch.inputs(), randoms[0]), batch.labels());
  }
}
