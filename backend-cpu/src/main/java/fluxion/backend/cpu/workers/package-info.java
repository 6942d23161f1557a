/** The threads among which the CPU's primitives divide large work. */
@NullMarked
package fluxion.backend.cpu.workers;

import org.jspecify.annotations.NullMarked;
