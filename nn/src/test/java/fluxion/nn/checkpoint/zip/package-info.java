/** Tests of archives. */
@NullMarked
package fluxion.nn.checkpoint.zip;

import org.jspecify.annotations.NullMarked;
