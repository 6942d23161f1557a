/**
 * Random differentiable programs: what they say, how they are made from bytes, what a device makes
 * of them, how two devices' results are compared, and how a failing one is made small.
 */
@NullMarked
package fluxion.conformance.fuzz.program;

import org.jspecify.annotations.NullMarked;
