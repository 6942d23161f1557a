/** Jazzer's bytes for the readers of files. */
package fluxion.examples.train;
