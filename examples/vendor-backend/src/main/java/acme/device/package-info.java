/** The device {@code acme}: every primitive as the plainest loop that is right. */
package acme.device;
