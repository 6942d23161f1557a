/**
 * What a device lacks, computed by the processor where the user has asked for it: a device around
 * another one, and the operands that it lends.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.fallback;
