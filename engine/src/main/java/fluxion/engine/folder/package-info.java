/**
 * Directories of jars: which of them are modules that can be loaded, and why others cannot.
 *
 * <p>It knows modules and files, and nothing of providers.
 */
@org.jspecify.annotations.NullMarked
package fluxion.engine.folder;
