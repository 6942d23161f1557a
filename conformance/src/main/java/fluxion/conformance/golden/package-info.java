/**
 * Reading the reference numbers and comparing what operators give with them: files, cases, calls,
 * tolerances.
 */
@NullMarked
package fluxion.conformance.golden;

import org.jspecify.annotations.NullMarked;
