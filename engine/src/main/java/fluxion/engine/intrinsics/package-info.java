/**
 * The few functions that the engine needs itself, whatever plugins there are: copies, casts, sums
 * over broadcast dimensions and views by strides.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.intrinsics;
