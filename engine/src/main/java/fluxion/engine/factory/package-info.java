/** Makes tensors from values, Java arrays and random numbers. */
@org.jspecify.annotations.NullMarked
package fluxion.engine.factory;
