package fluxion.nn.checkpoint.pickle;

import fluxion.nn.checkpoint.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What a pickle may name and have made. A refusal is an {@link IllegalArgumentException}, whose
 * message the machine completes by the place.
 */
public interface Constructors {
  /**
   * Says whether a name may occur.
   *
   * @param global the name
   * @return whether it may
   */
  boolean allows(Global global);

  /**
   * {@return what a name makes of arguments}
   *
   * @param global a name that is allowed
   * @param arguments the arguments
   */
  Object make(Global global, Tuple arguments);

  /**
   * {@return what stands outside the pickle under an identifier}
   *
   * @param id the identifier
   */
  Object outside(@Nullable Object id);
}
