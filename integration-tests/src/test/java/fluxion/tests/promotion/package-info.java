/** Type promotion, held to PyTorch's tables. */
package fluxion.tests.promotion;
