/** Reference cases of PyTorch. */
package fluxion.tests.golden;
