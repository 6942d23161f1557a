/** What operators do at kinks, ties, zeros and NaN, and what they say of wrong arguments. */
package fluxion.tests.operators;
