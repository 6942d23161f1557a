/** The project's plugins held to the rules of the kit, and the command that does so. */
@NullMarked
package fluxion.tests.conformance;

import org.jspecify.annotations.NullMarked;
