/**
 * Factorisations of one matrix, on the host and in float64: textbook algorithms on row-major
 * arrays, which know no tensors.
 *
 * <p>"Golub and Van Loan" is G. H. Golub and C. F. Van Loan, <i>Matrix Computations</i>, 4th
 * edition, Johns Hopkins University Press, 2013.
 */
@org.jspecify.annotations.NullMarked
package fluxion.ops.basic.internal.linalg;
