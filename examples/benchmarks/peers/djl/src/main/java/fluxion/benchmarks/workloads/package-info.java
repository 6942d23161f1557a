/** The workloads on DJL's PyTorch engine, under the names that they have on Fluxion. */
package fluxion.benchmarks.workloads;
