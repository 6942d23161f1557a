/** Tests of the layers of this package. */
@NullMarked
package fluxion.nn.norm;

import org.jspecify.annotations.NullMarked;
