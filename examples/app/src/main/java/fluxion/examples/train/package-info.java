/**
 * Trains a classifier of images, on the handwritten digits that this module ships or on a folder of
 * IDX files, and tells how well it does.
 */
@NullMarked
package fluxion.examples.train;

import org.jspecify.annotations.NullMarked;
