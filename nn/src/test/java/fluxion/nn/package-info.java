/** Tests of layers and optimisers. */
@NullMarked
package fluxion.nn;

import org.jspecify.annotations.NullMarked;
