/**
 * What plugins are written against: differentiable functions and their context, device backends and
 * their primitives, and the expressions that kernels compute.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.spi;
