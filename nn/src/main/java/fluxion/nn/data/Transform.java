package fluxion.nn.data;

import fluxion.api.Tensor;
import java.util.random.RandomGenerator;

/** What is done to the input of an example. */
@FunctionalInterface
public interface Transform {

  /**
   * {@return the input that takes the place of this one}
   *
   * @param input the input, which is not changed
   * @param random the source of chance
   */
  Tensor apply(Tensor input, RandomGenerator random);

  /**
   * {@return whether this does the same to each of several inputs, {@code [N, …]}, when it is given
   * them as one; chance has no part in it then}
   */
  default boolean mapsBatches() {
    return false;
  }

  /**
   * {@return this transform and then another}
   *
   * @param next the other
   */
  default Transform then(Transform next) {
    Transform first = this;
    return new Transform() {
      @Override
      public Tensor apply(Tensor input, RandomGenerator random) {
        return next.apply(first.apply(input, random), random);
      }

      @Override
      public boolean mapsBatches() {
        return first.mapsBatches() && next.mapsBatches();
      }
    };
  }
}
