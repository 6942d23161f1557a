/** Tests of {@code fluxion.engine.random}. */
@NullMarked
package fluxion.engine.random;

import org.jspecify.annotations.NullMarked;
