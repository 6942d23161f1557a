/** Finds plugins, tells which provides what, and binds calls by name. */
@org.jspecify.annotations.NullMarked
package fluxion.engine.registry;
