/** Fast kernels against the reference device, at every width of vectors and however they run. */
package fluxion.tests.kernels;
