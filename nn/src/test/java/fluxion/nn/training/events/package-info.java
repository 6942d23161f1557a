/** Tests of TensorBoard's event files. */
@NullMarked
package fluxion.nn.training.events;

import org.jspecify.annotations.NullMarked;
