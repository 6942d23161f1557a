/** Pictures of computation graphs. */
@NullMarked
package fluxion.tests.graph;

import org.jspecify.annotations.NullMarked;
