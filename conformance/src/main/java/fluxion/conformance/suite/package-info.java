/**
 * The machinery of the kit: rules as the specification has them, their tests, the checks that these
 * yield for a plugin, and the runner that gives each a verdict. It knows neither JUnit nor the
 * command line, which are two ways to run it.
 */
@NullMarked
package fluxion.conformance.suite;

import org.jspecify.annotations.NullMarked;
