package fluxion.conformance.function;

import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, whose tensors can be exchanged. */
public final class Arguments {
  private final List<? extends @Nullable Object> values;

  /**
   * Takes arguments.
   *
   * @param values tensors, lists and arrays of tensors, and others
   */
  public Arguments(List<? extends @Nullable Object> values) {
    this.values = values;
  }

  /** {@return the tensors, in order, those in lists too} */
  public List<Tensor> tensors() {
    List<Tensor> found = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Tensor tensor) {
        found.add(tensor);
      } else {
        found.addAll(list(value));
      }
    }
    return found;
  }

  /** {@return the arguments as they were given} */
  public List<? extends @Nullable Object> values() {
    return values;
  }

  /**
   * {@return the arguments with other tensors in the place of these}
   *
   * @param tensors the other tensors
   */
  public List<@Nullable Object> with(List<Tensor> tensors) {
    Iterator<Tensor> next = tensors.iterator();
    List<@Nullable Object> changed = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Tensor) {
        changed.add(next.next());
      } else if (list(value).isEmpty()) {
        changed.add(value);
      } else {
        List<@Nullable Tensor> part = new ArrayList<>();
        items(value).forEach(item -> part.add(item == null ? null : next.next()));
        changed.add(part);
      }
    }
    return Collections.unmodifiableList(changed);
  }

  /** The tensors of a list of them, of which some may be absent. */
  private static List<Tensor> list(@Nullable Object value) {
    List<Tensor> there = new ArrayList<>();
    for (Object item : items(value)) {
      if (item instanceof Tensor tensor) {
        there.add(tensor);
      } else if (item != null) {
        return List.of();
      }
    }
    return there;
  }

  private static List<? extends @Nullable Object> items(@Nullable Object value) {
    if (value instanceof @Nullable Tensor[] array) {
      return Arrays.asList(array);
    }
    return value instanceof List<?> list ? list : List.of();
  }

  /**
   * {@return whether some tensor lies differently when arranged}
   *
   * @param arrangement the arrangement
   */
  public boolean changes(Arrangement arrangement) {
    return tensors().stream().anyMatch(tensor -> arrangement.changes(tensor.shape()));
  }

  /** {@return the arguments in words: tensors by dtype and shape} */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (Object value : values) {
      parts.add(
          switch (value) {
            case null -> "none";
            case Tensor t -> t.dtype().shortName() + t.shape();
            case Tensor[] a -> a.length + " tensors";
            case List<?> l when !list(l).isEmpty() -> l.size() + " tensors";
            case long[] l -> Arrays.toString(l);
            case int[] l -> Arrays.toString(l);
            default -> value.toString();
          });
    }
    return "(" + String.join(", ", parts) + ")";
  }
}
