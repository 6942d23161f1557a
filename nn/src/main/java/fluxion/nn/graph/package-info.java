/**
 * The computation graph as a picture: {@link fluxion.nn.graph.Graphs} writes what is recorded of a
 * tensor as SVG, laid out here, or in Graphviz's language.
 */
@NullMarked
package fluxion.nn.graph;

import org.jspecify.annotations.NullMarked;
