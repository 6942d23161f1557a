/** Random formulas: what a device compiles them to, and what their derivatives are worth. */
@NullMarked
package fluxion.conformance.fuzz.expr;

import org.jspecify.annotations.NullMarked;
