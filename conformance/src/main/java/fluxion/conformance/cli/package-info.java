/**
 * The command {@code conformance}: the command line, the worker JVM in which plugins are judged,
 * and the parent that watches over it. The parent never loads a plugin, so nothing that a plugin
 * does keeps a report from being written.
 */
@NullMarked
package fluxion.conformance.cli;

import org.jspecify.annotations.NullMarked;
