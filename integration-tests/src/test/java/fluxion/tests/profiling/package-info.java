/** What tools are told of a running program. */
package fluxion.tests.profiling;
