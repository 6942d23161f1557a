/**
 * Layers over sequences: embeddings, recurrent networks, attention and what is built of it.
 *
 * <p>A sequence is {@code [length, batch, features]}, or {@code [batch, length, features]} where a
 * layer was made with the batch first.
 */
@NullMarked
package fluxion.nn.sequence;

import org.jspecify.annotations.NullMarked;
