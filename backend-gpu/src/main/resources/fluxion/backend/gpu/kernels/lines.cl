// Primitives along one dimension of contiguous operands, [lines / inner, length, inner]. A line is
// one piece of work.

#if CHUNKED
#define EACH(w, work)                                                     \
  for (place w = (place)get_global_id(0) * chunk,                         \
             end = min((place)(w + chunk), (place)(work)); w < end; ++w)
#else
#define EACH(w, work)                                          \
  for (place w = (place)get_global_id(0); w < (work);          \
       w += (place)get_global_size(0))
#endif

// whether a later value takes the place of the best so far: the first NaN does
int is_better(IN_REG value, IN_REG best) {
  if (IN_NAN(value) || IN_NAN(best)) {
    return !IN_NAN(best);
  }
  return MAX ? value > best : value < best;
}

// Finds the first extreme element of each block of a line; a line's blocks lie together.
__kernel void arg_reduce(
    __global const IN_MEM* in, __global IN_MEM* values, __global long* indices, const place in_at,
    const place values_at, const place indices_at, const place lines, const place length,
    const place inner, const place blocks, const place block, const int with_values,
    const place chunk) {
  EACH(w, lines * blocks) {
    const place line = w / blocks;
    const place from = (w - line * blocks) * block;
    const place to = min((place)(from + block), length);
    const place start = in_at + line / inner * length * inner + line % inner;
    place found = from;
    IN_REG best = IN_LOAD(in, start + from * inner);
    for (place i = from + 1; i < to; ++i) {
      const IN_REG value = IN_LOAD(in, start + i * inner);
      if (is_better(value, best)) {
        best = value;
        found = i;
      }
    }
    if (with_values) {
      IN_STORE(values, values_at + w, best);
    }
    indices[indices_at + w] = found;
  }
}

// Chooses among the blocks of each line.
__kernel void arg_choose(
    __global const IN_MEM* bests, __global const long* founds, __global IN_MEM* values,
    __global long* indices, const place values_at, const place indices_at, const place lines,
    const place blocks, const int with_values, const place chunk) {
  EACH(line, lines) {
    place chosen = line * blocks;
    IN_REG best = IN_LOAD(bests, chosen);
    for (place b = line * blocks + 1; b < (line + 1) * blocks; ++b) {
      const IN_REG value = IN_LOAD(bests, b);
      if (is_better(value, best)) {
        best = value;
        chosen = b;
      }
    }
    if (with_values) {
      IN_STORE(values, values_at + line, best);
    }
    indices[indices_at + line] = founds[chosen];
  }
}
