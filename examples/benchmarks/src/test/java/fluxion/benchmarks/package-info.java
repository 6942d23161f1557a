/** The runner's report, and a short run of each workload. */
package fluxion.benchmarks;
