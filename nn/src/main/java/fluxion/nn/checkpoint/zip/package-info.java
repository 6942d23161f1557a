/** Zip archives: read from mapped memory, and written with the layout that PyTorch gives them. */
@NullMarked
package fluxion.nn.checkpoint.zip;

import org.jspecify.annotations.NullMarked;
