/**
 * Folds of primitive arrays in the order that {@link fluxion.backend.cpu} specifies.
 *
 * <p>A {@link fluxion.backend.cpu.reduce.Fold} combines values of one kind in arrays of one type; a
 * {@link fluxion.backend.cpu.reduce.Window} says which elements are folded into which results; a
 * {@link fluxion.backend.cpu.reduce.Folding} walks them, block by block, and combines the blocks in
 * the tree. Where the elements come from is a {@link fluxion.backend.cpu.reduce.Source}'s to know:
 * from memory, or computed into a piece that stays in the cache.
 */
@NullMarked
package fluxion.backend.cpu.reduce;

import org.jspecify.annotations.NullMarked;
