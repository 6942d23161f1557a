/** The command {@code graph}: the tutorials' computation graphs as pictures. */
@NullMarked
package fluxion.examples.graph;

import org.jspecify.annotations.NullMarked;
