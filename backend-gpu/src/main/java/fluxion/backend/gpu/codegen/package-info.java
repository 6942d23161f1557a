/**
 * OpenCL C from kernels: formulas become straight-line code of correctly rounded operations, one
 * statement a node, with nothing contracted. What OpenCL C lacks is in the parts of the files
 * {@code kernels/*.cl}. A backend for another dialect of C would differ here in few words.
 */
@NullMarked
package fluxion.backend.gpu.codegen;

import org.jspecify.annotations.NullMarked;
