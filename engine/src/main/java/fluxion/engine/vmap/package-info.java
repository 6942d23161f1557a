/**
 * Functions over batches: tensors whose layout is that of one slice, the levels over whose slices
 * they range, and how primitives run on them.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.vmap;
