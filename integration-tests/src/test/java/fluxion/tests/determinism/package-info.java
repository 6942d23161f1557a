/** The same inputs give the same bits. */
package fluxion.tests.determinism;
