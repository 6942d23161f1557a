/** The published jars as bundles. */
@NullMarked
package fluxion.osgi;

import org.jspecify.annotations.NullMarked;
