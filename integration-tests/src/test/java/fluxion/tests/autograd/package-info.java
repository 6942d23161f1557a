/**
 * The tape: backward passes, views and in-place changes, threads, and what functions are held to.
 */
package fluxion.tests.autograd;
