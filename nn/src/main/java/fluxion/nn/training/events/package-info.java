/** TensorBoard's event files: records with checksums, each of which is a protocol buffer. */
@NullMarked
package fluxion.nn.training.events;

import org.jspecify.annotations.NullMarked;
