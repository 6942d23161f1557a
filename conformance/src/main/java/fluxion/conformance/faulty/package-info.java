/**
 * A gallery of wrong implementations, by which the kit proves itself: each is caught by the rule
 * that it names, with a message that says what is wrong.
 */
@NullMarked
package fluxion.conformance.faulty;

import org.jspecify.annotations.NullMarked;
