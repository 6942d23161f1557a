/**
 * What PyTorch prints, and what is said in {@code docs/pytorch.md} of how Fluxion prints the same:
 * the recorded transcript, the mapping, and the rules of autograd held to both.
 */
package fluxion.examples.transcript;
