/** The CPU backend held to the rules of the conformance kit. */
@NullMarked
package fluxion.tests.conformance;

import org.jspecify.annotations.NullMarked;
