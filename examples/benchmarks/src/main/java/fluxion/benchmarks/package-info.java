/**
 * Benchmarks of whole calls, and the runner that sets other frameworks beside them.
 *
 * <p>A workload is a JMH benchmark that exists under the same class and method name in every
 * framework's project, so that the runner can lay their figures side by side.
 */
package fluxion.benchmarks;
