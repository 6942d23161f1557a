/** Tests of data sets, loaders, readers and transforms. */
@NullMarked
package fluxion.nn.data;

import org.jspecify.annotations.NullMarked;
