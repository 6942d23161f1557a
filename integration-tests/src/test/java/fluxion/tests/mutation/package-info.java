/**
 * Whether the recorded cases and the checks of derivatives notice a wrong formula: the formulas of
 * the operators are changed a little, one at a time, and something has to fail.
 */
package fluxion.tests.mutation;
