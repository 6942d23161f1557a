/** Tests of the layers of this package. */
@NullMarked
package fluxion.nn.spatial;

import org.jspecify.annotations.NullMarked;
