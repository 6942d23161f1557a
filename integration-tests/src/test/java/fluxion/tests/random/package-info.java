/** Random tensors, through the public API. */
package fluxion.tests.random;
