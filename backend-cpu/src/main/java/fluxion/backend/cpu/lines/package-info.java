/** Loops over vectors for operators that work line by line, on lines that lie in memory as runs. */
@NullMarked
package fluxion.backend.cpu.lines;

import org.jspecify.annotations.NullMarked;
