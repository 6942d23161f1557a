/**
 * Layered drawings of directed acyclic graphs, by the method of Sugiyama, Tagawa and Toda,
 * <i>Methods for Visual Understanding of Hierarchical System Structures</i>, IEEE SMC 11 (1981):
 * layers, order within the layers, coordinates. It knows boxes and links, and nothing of tensors.
 */
@NullMarked
package fluxion.nn.graph.layout;

import org.jspecify.annotations.NullMarked;
