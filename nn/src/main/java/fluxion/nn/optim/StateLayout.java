package fluxion.nn.optim;

import java.util.Set;

/**
 * What an optimiser remembers of each parameter, by which saved state is checked.
 *
 * @param numbers the names of numbers
 * @param tensors the names of tensors like the parameter
 * @param optional the names of further such tensors, which may be absent
 */
public record StateLayout(Set<String> numbers, Set<String> tensors, Set<String> optional) {
  /** Copies the sets. */
  public StateLayout {
    numbers = Set.copyOf(numbers);
    tensors = Set.copyOf(tensors);
    optional = Set.copyOf(optional);
  }

  /** The number of steps and some tensors. */
  static StateLayout counted(String... tensors) {
    return new StateLayout(Set.of("step"), Set.of(tensors), Set.of());
  }

  /** This layout with tensors that may be absent. */
  StateLayout optionally(String... names) {
    return new StateLayout(numbers, tensors, Set.of(names));
  }
}
