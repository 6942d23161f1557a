/**
 * OpenCL 1.2 as far as the backend uses it: one class a subject, each function one method. A handle
 * of OpenCL's (a context, a buffer, a kernel) is a {@code long}; a failure is a {@link
 * fluxion.backend.gpu.opencl.OpenClException} that names the function and the error.
 */
@NullMarked
package fluxion.backend.gpu.opencl;

import org.jspecify.annotations.NullMarked;
