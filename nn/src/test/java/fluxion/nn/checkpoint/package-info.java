/** Tests of files of tensors. */
@NullMarked
package fluxion.nn.checkpoint;

import org.jspecify.annotations.NullMarked;
