package fluxion.nn.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code collections.OrderedDict} of Python, which is what {@code state_dict()} gives: a map that
 * {@link PyTorch} writes as such, with the attributes that the object has.
 */
public final class OrderedDict extends LinkedHashMap<@Nullable Object, @Nullable Object> {
  private static final long serialVersionUID = 1L;

  /** The attributes that the object has besides its entries. */
  @SuppressWarnings("serial") // as serialisable as the values of the map itself
  private final Map<@Nullable Object, @Nullable Object> attributes = new LinkedHashMap<>();

  /** Makes an empty one without attributes. */
  public OrderedDict() {}

  /**
   * Makes one without attributes.
   *
   * @param entries its entries
   */
  public OrderedDict(Map<?, ?> entries) {
    super(entries);
  }

  /**
   * {@return the object's attributes, which may be changed; a state dict has {@code _metadata}, the
   * versions of its modules}
   */
  public Map<@Nullable Object, @Nullable Object> attributes() {
    return attributes;
  }
}
