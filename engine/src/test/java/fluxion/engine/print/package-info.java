/** Tests of {@code fluxion.engine.print}. */
@NullMarked
package fluxion.engine.print;

import org.jspecify.annotations.NullMarked;
