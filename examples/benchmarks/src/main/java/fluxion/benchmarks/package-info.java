/**
 * The runner behind {@code ./fluxion bench}. {@link fluxion.benchmarks.Rows} is the table that it
 * fills: each row is a workload that exists under the same name in every framework's project, and
 * is measured in a process of its own, the frameworks taking turns.
 */
package fluxion.benchmarks;
