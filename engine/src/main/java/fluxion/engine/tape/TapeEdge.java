package fluxion.engine.tape;

import org.jspecify.annotations.Nullable;

/**
 * Where an input's gradient goes.
 *
 * @param node the node that made the input, or null where no gradient is wanted
 * @param outputNr which of its outputs the input is
 */
public record TapeEdge(@Nullable Node node, int outputNr) {
  /** The edge of an input without gradient. */
  public static final TapeEdge NONE = new TapeEdge(null, 0);
}
