/** The engine as the API finds it, and its command. */
@org.jspecify.annotations.NullMarked
package fluxion.engine;
