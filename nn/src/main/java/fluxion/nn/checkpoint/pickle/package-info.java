/**
 * Python's pickles, as far as checkpoints of tensors need them.
 *
 * <p>A pickle is a program for a small stack machine, which may call anything by name. This machine
 * has the opcodes that build plain values, and of names only those that {@link
 * fluxion.nn.checkpoint.pickle.Constructors} knows; no class is looked up and nothing is called.
 */
@NullMarked
package fluxion.nn.checkpoint.pickle;

import org.jspecify.annotations.NullMarked;
