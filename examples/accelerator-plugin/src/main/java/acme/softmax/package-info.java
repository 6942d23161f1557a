/** Softmax of few classes on the processor, and what it gains. */
package acme.softmax;
