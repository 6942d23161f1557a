// The positions of true elements: counted in blocks, the counts summed, then written.

#if CHUNKED
#define EACH(w, work)                                                     \
  for (place w = (place)get_global_id(0) * chunk,                         \
             end = min((place)(w + chunk), (place)(work)); w < end; ++w)
#else
#define EACH(w, work)                                          \
  for (place w = (place)get_global_id(0); w < (work);          \
       w += (place)get_global_size(0))
#endif

__kernel void count_true(
    __global const uchar* mask, __global long* counts, const place mask_at, const place elements,
    const place blocks, const place block, const place chunk) {
  EACH(w, blocks) {
    const place to = min((place)((w + 1) * block), elements);
    long count = 0;
    for (place i = w * block; i < to; ++i) {
      count += mask[mask_at + i] != 0;
    }
    counts[w] = count;
  }
}

// each block's first place; the sum of all behind them
__kernel void sum_counts(__global long* counts, const place blocks, const place chunk) {
  EACH(w, 1) {
    long sum = 0;
    for (place b = 0; b < blocks; ++b) {
      const long count = counts[b];
      counts[b] = sum;
      sum += count;
    }
    counts[blocks] = sum;
  }
}

__kernel void write_true(
    __global const uchar* mask, __global const long* counts, __global long* positions,
    const place mask_at, const place positions_at, const place elements, const place blocks,
    const place block, const place chunk) {
  EACH(w, blocks) {
    const place to = min((place)((w + 1) * block), elements);
    place at = positions_at + (place)counts[w];
    for (place i = w * block; i < to; ++i) {
      if (mask[mask_at + i] != 0) {
        positions[at++] = i;
      }
    }
  }
}
