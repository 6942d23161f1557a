/** Tests of the models, against recorded runs of PyTorch. */
@NullMarked
package fluxion.nn.models;

import org.jspecify.annotations.NullMarked;
