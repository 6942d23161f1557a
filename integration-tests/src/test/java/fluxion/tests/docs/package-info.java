/** Code in the documentation compiles, runs and prints what is said. */
package fluxion.tests.docs;
