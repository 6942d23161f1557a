package fluxion.nn.checkpoint.pth;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands, as the keys and indices that lead to it. It becomes a text only when it is
 * asked for.
 *
 * @param parent where what holds it stands, or null
 * @param key its key or index there
 * @param depth how many keys lead here
 */
record Place(@Nullable Place parent, @Nullable Object key, int depth) {
  static final Place ROOT = new Place(null, null, 0);

  Place inner(@Nullable Object innerKey) {
    return new Place(this, innerKey, depth + 1);
  }

  /** {@return the keys with dots between, or what stands for none} */
  @Override
  public String toString() {
    Deque<String> keys = new ArrayDeque<>();
    for (Place at = this; at != null && at.parent != null; at = at.parent) {
      keys.addFirst(String.valueOf(at.key));
    }
    return keys.isEmpty() ? "(the only value)" : String.join(".", keys);
  }
}
