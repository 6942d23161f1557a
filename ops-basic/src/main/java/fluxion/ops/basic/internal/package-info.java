/**
 * The operators. Pointwise ones are lines of a table, {@link fluxion.ops.basic.internal.Elementary}
 * and {@link fluxion.ops.basic.internal.Comparisons}; others are a file each.
 */
@org.jspecify.annotations.NullMarked
package fluxion.ops.basic.internal;
