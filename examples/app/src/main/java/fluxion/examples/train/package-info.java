/**
 * Trains a classifier of handwritten digits, on data that this module ships, and tells how well it
 * does.
 */
@NullMarked
package fluxion.examples.train;

import org.jspecify.annotations.NullMarked;
