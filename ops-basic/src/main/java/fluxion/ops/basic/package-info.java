/** Typed entry points for the operators of this module that are no methods of a tensor. */
@org.jspecify.annotations.NullMarked
package fluxion.ops.basic;
