/** Tests of the layers of this package. */
@NullMarked
package fluxion.nn.sequence;

import org.jspecify.annotations.NullMarked;
