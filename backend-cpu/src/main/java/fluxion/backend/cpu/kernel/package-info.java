/**
 * What a kernel made ready for the CPU looks like, whoever runs it: an interpreter or generated
 * code.
 */
@NullMarked
package fluxion.backend.cpu.kernel;

import org.jspecify.annotations.NullMarked;
