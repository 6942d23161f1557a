/**
 * Random differentiable programs, and the comparison of what two devices make of them. A source of
 * bytes drives them, so that any fuzzer can.
 */
@NullMarked
package fluxion.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
