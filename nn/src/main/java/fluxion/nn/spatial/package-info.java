/**
 * Layers over the positions of signals, images and volumes: convolutions, pools, resampling.
 *
 * <p>They take {@code [N, C, …]}, or {@code [C, …]} without a batch, with one, two or three
 * dimensions of positions by their names.
 */
@NullMarked
package fluxion.nn.spatial;

import org.jspecify.annotations.NullMarked;
