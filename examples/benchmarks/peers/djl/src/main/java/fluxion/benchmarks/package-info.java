/** The workloads on DJL's PyTorch engine. */
package fluxion.benchmarks;
