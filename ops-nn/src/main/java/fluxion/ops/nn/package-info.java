/**
 * Typed entry points of the neural-network operators.
 *
 * <p>{@link fluxion.ops.nn.Functional} calls them; {@link fluxion.ops.nn.NnCall} holds the forms of
 * call that {@link fluxion.api.spi.Call} lacks.
 */
@NullMarked
package fluxion.ops.nn;

import org.jspecify.annotations.NullMarked;
