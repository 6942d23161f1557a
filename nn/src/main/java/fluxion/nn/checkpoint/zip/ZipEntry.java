package fluxion.nn.checkpoint.zip;

import java.lang.foreign.MemorySegment;

/**
 * One file of an archive.
 *
 * @param name its name
 * @param deflated whether it is compressed
 * @param crc the CRC-32 of its content
 * @param size the size of its content
 * @param header where its local header begins
 * @param packed its content as it stands in the archive
 */
public record ZipEntry(
    String name, boolean deflated, int crc, long size, long header, MemorySegment packed) {}
