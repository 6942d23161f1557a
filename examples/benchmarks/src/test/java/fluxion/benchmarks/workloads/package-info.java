/** A short run of each workload. */
package fluxion.benchmarks.workloads;
