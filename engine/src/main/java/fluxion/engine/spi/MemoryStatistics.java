package fluxion.engine.spi;

/**
 * What a backend has allocated, in bytes. A backend whose memory is the garbage collector's reports
 * what it handed out and does not know what is still alive.
 *
 * @param allocations the number of buffers handed out since the start
 * @param allocatedBytes their bytes
 * @param liveBytes the bytes not freed yet, or −1 where the garbage collector frees them
 * @param cachedBytes the bytes kept for reuse
 */
public record MemoryStatistics(
    long allocations, long allocatedBytes, long liveBytes, long cachedBytes) {}
