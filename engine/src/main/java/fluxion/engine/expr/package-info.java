/**
 * What {@link fluxion.engine.spi.Expr} is made of: simplification, derivatives, printing and the
 * blocked interpreter with its elementary functions.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.expr;
