/** The rules about backends: one class of tests a chapter of the specification's part B. */
@NullMarked
package fluxion.conformance.backend;

import org.jspecify.annotations.NullMarked;
