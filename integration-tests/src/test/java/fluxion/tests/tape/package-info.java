/**
 * The tape piece by piece: what a call's context keeps, hooks, saved values, views, scopes. Quick
 * tests, by which PIT judges changes of the tape's code.
 */
package fluxion.tests.tape;
