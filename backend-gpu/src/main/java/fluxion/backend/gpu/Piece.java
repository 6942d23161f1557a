package fluxion.backend.gpu;

/**
 * A buffer of OpenCL's, as the pool hands it out.
 *
 * @param handle OpenCL's handle
 * @param size its size in bytes
 */
record Piece(long handle, long size) {}
