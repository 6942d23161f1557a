/** The rules about plugins: one class of tests a chapter of the specification's part P. */
@NullMarked
package fluxion.conformance.plugin;

import org.jspecify.annotations.NullMarked;
