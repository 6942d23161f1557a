/** Who owns memory: scopes, closed tensors, backward passes, and training loops. */
package fluxion.tests.memory;
