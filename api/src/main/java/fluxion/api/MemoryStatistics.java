package fluxion.api;

/**
 * What a device has handed out since the start. A device whose memory is the garbage collector's
 * does not know what is still alive.
 *
 * @param allocations the number of pieces of memory handed out
 * @param allocatedBytes their bytes
 * @param reused how many of them had been given back before and were handed out again
 * @param reusedBytes their bytes
 * @param liveBytes the bytes not given back yet, or −1 where the garbage collector frees memory too
 * @param cachedBytes the bytes kept for reuse now
 */
public record MemoryStatistics(
    long allocations,
    long allocatedBytes,
    long reused,
    long reusedBytes,
    long liveBytes,
    long cachedBytes) {}
