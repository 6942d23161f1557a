package fluxion.nn.checkpoint;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A tuple of Python: a list that cannot be changed, and that {@link PyTorch} writes as a tuple.
 * Equal to any list with equal elements.
 */
public final class Tuple extends AbstractList<@Nullable Object> implements RandomAccess {
  private final @Nullable Object[] elements;

  private Tuple(@Nullable Object[] elements) {
    this.elements = elements;
  }

  /**
   * {@return a tuple}
   *
   * @param elements its elements
   */
  public static Tuple of(@Nullable Object... elements) {
    return new Tuple(elements.clone());
  }

  @Override
  public @Nullable Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }
}
