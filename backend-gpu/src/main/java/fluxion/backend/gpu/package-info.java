/**
 * Devices with memory, a queue and a compiler of their own, through OpenCL: memory that is used
 * again, programs that are generated, compiled and kept, and the primitives of {@link
 * fluxion.engine.spi.Backend} as launches of them.
 */
@NullMarked
package fluxion.backend.gpu;

import org.jspecify.annotations.NullMarked;
