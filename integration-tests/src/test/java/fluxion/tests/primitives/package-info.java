/** Primitives on tensors, on the devices that there are. */
package fluxion.tests.primitives;
