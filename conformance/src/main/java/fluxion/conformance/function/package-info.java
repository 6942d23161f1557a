/** The rules about functions: one class of tests a chapter of the specification's part F. */
@NullMarked
package fluxion.conformance.function;

import org.jspecify.annotations.NullMarked;
