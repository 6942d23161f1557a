/** What the packages of layers share and nobody else sees. */
@NullMarked
package fluxion.nn.internal;

import org.jspecify.annotations.NullMarked;
