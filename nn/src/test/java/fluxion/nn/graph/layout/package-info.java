/** Tests of the layout: properties of drawings of random graphs. */
@NullMarked
package fluxion.nn.graph.layout;

import org.jspecify.annotations.NullMarked;
