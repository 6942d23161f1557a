/**
 * The device {@code acme}: every primitive as the plainest loop that is right.
 *
 * <p>{@link acme.device.AcmeBuffer} is memory, {@link acme.device.Cursor} walks it. The primitives
 * are default methods of four interfaces, which {@link acme.device.AcmeBackend} puts together.
 */
package acme.device;
