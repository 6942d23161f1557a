// Running results along one dimension of contiguous operands, [lines / inner, length, inner]. A
// line is cut into blocks: their results are found, then chained, then each block is scanned from
// what lies before it. How lines are cut depends on the shape alone.

#if CHUNKED
#define EACH(w, work)                                                     \
  for (place w = (place)get_global_id(0) * chunk,                         \
             end = min((place)(w + chunk), (place)(work)); w < end; ++w)
#else
#define EACH(w, work)                                          \
  for (place w = (place)get_global_id(0); w < (work);          \
       w += (place)get_global_size(0))
#endif

// Takes one more value, at the place i of its line, into the running result.
#if EXTREME
// of equal values the last one counts, and a NaN more than every number
#define TAKE(value, i)                                                           \
  if (OUT_NAN(value)                                                             \
      || (!OUT_NAN(running) && (MAX ? value >= running : value <= running))) {   \
    running = value;                                                             \
    found = i;                                                                   \
  }
#else
#define TAKE(value, i) running = COMBINE(running, value);
#endif

// the place of the k-th element of a line in the order of the scan
#define PLACE(k) (reversed ? length - 1 - (k) : (k))

__kernel void fold_blocks(
    __global const IN_MEM* in, __global OUT_MEM* carries, __global long* carried,
    const place in_at, const place lines, const place length, const place inner,
    const place blocks, const place block, const int reversed, const place chunk) {
  EACH(w, lines * blocks) {
    const place line = w / blocks;
    const place start = in_at + line / inner * length * inner + line % inner;
    const place first = (w - line * blocks) * block;
    const place to = min((place)(first + block), length);
    place found = PLACE(first);
    OUT_REG running = EXTREME ? CONVERT(IN_LOAD(in, start + found * inner)) : NEUTRAL;
    for (place k = first; k < to; ++k) {
      const place i = PLACE(k);
      const OUT_REG value = CONVERT(IN_LOAD(in, start + i * inner));
      TAKE(value, i)
    }
    OUT_STORE(carries, w, running);
    carried[w] = found;
  }
}

__kernel void chain_blocks(
    __global OUT_MEM* carries, __global long* carried, const place lines, const place blocks,
    const place chunk) {
  EACH(line, lines) {
    place w = line * blocks;
    OUT_REG running = OUT_LOAD(carries, w);
    place found = (place)carried[w];
    for (place b = 1; b < blocks; ++b) {
      ++w;
      const OUT_REG value = OUT_LOAD(carries, w);
      TAKE(value, (place)carried[w])
      OUT_STORE(carries, w, running);
      carried[w] = found;
    }
  }
}

__kernel void scan(
    __global const IN_MEM* in, __global OUT_MEM* out, __global long* indices,
    __global const OUT_MEM* carries, __global const long* carried, const place in_at,
    const place out_at, const place indices_at, const place lines, const place length,
    const place inner, const place blocks, const place block, const int reversed,
    const place chunk) {
  EACH(w, lines * blocks) {
    const place line = w / blocks;
    const place start = line / inner * length * inner + line % inner;
    const place first = (w - line * blocks) * block;
    const place to = min((place)(first + block), length);
    place found = PLACE(first);
    OUT_REG running = EXTREME ? CONVERT(IN_LOAD(in, in_at + start + found * inner)) : NEUTRAL;
    if (first > 0) {
      running = OUT_LOAD(carries, w - 1);
      found = (place)carried[w - 1];
    }
    for (place k = first; k < to; ++k) {
      const place i = PLACE(k);
      const place at = start + i * inner;
      const OUT_REG value = CONVERT(IN_LOAD(in, in_at + at));
      TAKE(value, i)
      OUT_STORE(out, out_at + at, running);
      if (WITH_INDICES) {
        indices[indices_at + at] = found;
      }
    }
  }
}
