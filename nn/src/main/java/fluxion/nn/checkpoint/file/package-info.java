/** Files as memory: mapped to be read, and written so that there is a whole file or none. */
@NullMarked
package fluxion.nn.checkpoint.file;

import org.jspecify.annotations.NullMarked;
