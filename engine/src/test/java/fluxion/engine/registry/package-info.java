/** Tests of the registry, with plugins that are only pretended. */
@org.jspecify.annotations.NullMarked
package fluxion.engine.registry;
