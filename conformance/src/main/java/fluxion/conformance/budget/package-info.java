/**
 * The error budgets: how far results may be from exact ones, as a table that is read from the
 * resource {@code budgets.txt} beside {@code fluxion.conformance}'s classes.
 */
@NullMarked
package fluxion.conformance.budget;

import org.jspecify.annotations.NullMarked;
