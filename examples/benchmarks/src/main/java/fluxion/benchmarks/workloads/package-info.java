/**
 * The workloads on Fluxion. Each has a name, under which the projects of the peers have the same
 * work.
 */
package fluxion.benchmarks.workloads;
