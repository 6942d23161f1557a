/**
 * What a tensor is and how its history is kept and walked: storage and versions, nodes and saved
 * values, views and in-place changes, and the backward pass.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.tape;
