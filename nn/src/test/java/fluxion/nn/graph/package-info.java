/** Tests of the pictures of graphs. */
@NullMarked
package fluxion.nn.graph;

import org.jspecify.annotations.NullMarked;
