/** The runner: its table, its report, and a short run of it. */
package fluxion.benchmarks;
