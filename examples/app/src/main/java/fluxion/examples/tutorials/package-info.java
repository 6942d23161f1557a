/**
 * Five tutorials about automatic differentiation, after those that PyTorch's users know, and the
 * command that runs them and shows each snippet's source above its output.
 */
@NullMarked
package fluxion.examples.tutorials;

import org.jspecify.annotations.NullMarked;
