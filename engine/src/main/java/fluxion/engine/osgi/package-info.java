/**
 * The engine as a bundle: it offers itself to the API and takes plugins from the bundles that come
 * and go. Nothing here is loaded outside an OSGi container.
 */
@NullMarked
package fluxion.engine.osgi;

import org.jspecify.annotations.NullMarked;
