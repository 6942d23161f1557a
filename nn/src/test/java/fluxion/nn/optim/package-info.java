/** Tests of optimisers and schedulers. */
@NullMarked
package fluxion.nn.optim;

import org.jspecify.annotations.NullMarked;
