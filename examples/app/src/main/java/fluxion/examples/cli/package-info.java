/** Command lines: options, help, and errors told in one plain line. */
@NullMarked
package fluxion.examples.cli;

import org.jspecify.annotations.NullMarked;
