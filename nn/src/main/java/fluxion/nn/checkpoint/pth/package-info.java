/** What PyTorch keeps in pickles and archives: tensors, as views of storages. */
@NullMarked
package fluxion.nn.checkpoint.pth;

import org.jspecify.annotations.NullMarked;
