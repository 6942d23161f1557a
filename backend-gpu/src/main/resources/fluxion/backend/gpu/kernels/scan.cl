// Running results along one dimension of contiguous operands, [lines / inner, length, inner].

#if CHUNKED
#define EACH(w, work)                                                     \
  for (place w = (place)get_global_id(0) * chunk,                         \
             end = min((place)(w + chunk), (place)(work)); w < end; ++w)
#else
#define EACH(w, work)                                          \
  for (place w = (place)get_global_id(0); w < (work);          \
       w += (place)get_global_size(0))
#endif

__kernel void scan(
    __global const IN_MEM* in, __global OUT_MEM* out, __global long* indices, const place in_at,
    const place out_at, const place indices_at, const place lines, const place length,
    const place inner, const int reversed, const place chunk) {
  EACH(line, lines) {
    const place start = line / inner * length * inner + line % inner;
#if EXTREME
    place found = 0;
    OUT_REG best = 0;
    for (place k = 0; k < length; ++k) {
      const place i = reversed ? length - 1 - k : k;
      const place at = start + i * inner;
      const OUT_REG value = CONVERT(IN_LOAD(in, in_at + at));
      // of equal values the last one counts, and a NaN more than every number
      if (k == 0 || OUT_NAN(value)
          || (!OUT_NAN(best) && (MAX ? value >= best : value <= best))) {
        best = value;
        found = i;
      }
      OUT_STORE(out, out_at + at, best);
      if (WITH_INDICES) {
        indices[indices_at + at] = found;
      }
    }
#else
    OUT_REG running = NEUTRAL;
    for (place k = 0; k < length; ++k) {
      const place at = start + (reversed ? length - 1 - k : k) * inner;
      running = COMBINE(running, CONVERT(IN_LOAD(in, in_at + at)));
      OUT_STORE(out, out_at + at, running);
    }
#endif
  }
}
