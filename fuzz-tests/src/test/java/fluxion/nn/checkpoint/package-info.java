/** Files of tensors that are anything. */
package fluxion.nn.checkpoint;
