/** The text of a tensor, letter for letter as PyTorch prints it. */
@NullMarked
package fluxion.engine.print;

import org.jspecify.annotations.NullMarked;
