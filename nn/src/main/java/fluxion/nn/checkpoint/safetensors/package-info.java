/** The header of safetensors files. */
@NullMarked
package fluxion.nn.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;
