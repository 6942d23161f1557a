/** Jazzer's bytes for the readers of data sets. */
package fluxion.nn.data;
