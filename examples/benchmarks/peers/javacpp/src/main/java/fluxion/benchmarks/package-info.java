/** The workloads on JavaCPP's libtorch. */
package fluxion.benchmarks;
