package fluxion.nn.data;

import fluxion.api.ArgumentException;
import fluxion.api.IndexException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Examples by number.
 *
 * <p>A loader with workers asks for examples from several threads at once.
 */
public interface Dataset {

  /** {@return the number of examples} */
  int size();

  /**
   * {@return an example; if there is chance in it, as the first epoch of seed 0 has it}
   *
   * @param index its number, from 0
   * @throws IndexException if there is no such example
   */
  Example get(int index);

  /**
   * {@return an example, drawn with these random numbers where there is chance in it}
   *
   * @param index its number, from 0
   * @param random the source of chance, which depends on seed, epoch and index alone
   * @throws IndexException if there is no such example
   */
  default Example get(int index, RandomGenerator random) {
    return get(index);
  }

  /**
   * {@return whether all examples have one shape and {@link #batch} is cheaper than one example
   * after the other}
   */
  default boolean isUniform() {
    return false;
  }

  /**
   * {@return examples as a batch}
   *
   * @param indices their numbers, at least one
   * @param randoms for each the source of chance
   * @throws IndexException if there is no such example
   */
  default Batch batch(int[] indices, RandomGenerator[] randoms) {
    List<Example> examples = new ArrayList<>(indices.length);
    for (int i = 0; i < indices.length; i++) {
      examples.add(get(indices[i], randoms[i]));
    }
    return Batch.of(examples);
  }

  // ---- data sets from others

  /**
   * {@return this data set with other inputs}
   *
   * @param transform what is done to an input when its example is asked for
   */
  default Dataset map(Transform transform) {
    return new MappedDataset(this, transform);
  }

  /**
   * {@return some examples of this data set, in this order}
   *
   * @param indices their numbers
   * @throws IndexException if there is no such example
   */
  default Dataset subset(int... indices) {
    return new Subset(this, indices);
  }

  /**
   * {@return this data set divided at random, each example in one part}
   *
   * @param seed the seed
   * @param sizes the sizes of the parts, the sum of which is the size of this data set
   * @throws ArgumentException if it is not
   */
  default List<Dataset> randomSplit(long seed, int... sizes) {
    if (Arrays.stream(sizes).anyMatch(size -> size < 0)
        || Arrays.stream(sizes).asLongStream().sum() != size()) {
      throw new ArgumentException(
          "Sum of input lengths does not equal the length of the input dataset! The lengths are "
              + Arrays.toString(sizes)
              + ", the data set has "
              + size()
              + " examples");
    }
    int[] order = Randoms.permutation(size(), Randoms.of(seed, 0));
    List<Dataset> parts = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      parts.add(new Subset(this, Arrays.copyOfRange(order, from, from + size)));
      from += size;
    }
    return parts;
  }

  /**
   * {@return this data set and others, one behind the other}
   *
   * @param others the others
   */
  default Dataset concat(Dataset... others) {
    List<Dataset> parts = new ArrayList<>(List.of(others));
    parts.addFirst(this);
    return new Concatenation(parts);
  }
}
