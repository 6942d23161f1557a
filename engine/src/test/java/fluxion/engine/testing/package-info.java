/** What the engine's tests share. */
@NullMarked
package fluxion.engine.testing;

import org.jspecify.annotations.NullMarked;
