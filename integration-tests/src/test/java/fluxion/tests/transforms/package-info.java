/**
 * Transforms of functions: Jacobians and Hessians and products with them, functions over batches,
 * and recomputation.
 */
package fluxion.tests.transforms;
