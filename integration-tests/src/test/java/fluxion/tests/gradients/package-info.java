/** Every operator's derivatives against finite differences. */
package fluxion.tests.gradients;
