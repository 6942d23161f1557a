/** NumPy's array files, after {@code numpy/lib/format.py}. */
@NullMarked
package fluxion.nn.checkpoint.npy;

import org.jspecify.annotations.NullMarked;
