package fluxion.engine.tape;

import fluxion.engine.spi.Buffer;

/**
 * The memory that a tensor and its views share.
 *
 * @param device where it is
 * @param buffer the memory
 */
public record Storage(OpenDevice device, Buffer buffer) {}
