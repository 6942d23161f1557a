/**
 * Kernels compiled to JVM bytecode over the Vector API, with the JDK's Class-File API.
 *
 * <p>{@link fluxion.backend.cpu.codegen.KernelCompiler} makes a hidden class of a kernel and what
 * is known of its operands' column steps. The {@link fluxion.backend.cpu.codegen.Planner} cuts the
 * kernel into {@linkplain fluxion.backend.cpu.codegen.Stage stages}; each becomes a static method
 * with one loop, whose body computes vectors or one element at a time ({@link
 * fluxion.backend.cpu.codegen.VectorMethod}, {@link fluxion.backend.cpu.codegen.ScalarMethod}).
 *
 * <p>Nothing here is initialised before the first kernel is compiled, and neither is the Vector
 * API.
 */
@NullMarked
package fluxion.backend.cpu.codegen;

import org.jspecify.annotations.NullMarked;
