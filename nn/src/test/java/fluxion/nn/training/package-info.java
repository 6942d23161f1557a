/** Tests of what a training run needs beside the model. */
@NullMarked
package fluxion.nn.training;

import org.jspecify.annotations.NullMarked;
