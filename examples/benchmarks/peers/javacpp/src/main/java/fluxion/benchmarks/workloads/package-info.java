/** The workloads on JavaCPP's libtorch, under the names that they have on Fluxion. */
package fluxion.benchmarks.workloads;
