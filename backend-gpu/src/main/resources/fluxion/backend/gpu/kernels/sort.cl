// A stable merge sort of rows, [lines, length]: short runs are sorted by insertion, then each
// element finds its place in the merged runs by itself.

#if CHUNKED
#define EACH(w, work)                                                     \
  for (place w = (place)get_global_id(0) * chunk,                         \
             end = min((place)(w + chunk), (place)(work)); w < end; ++w)
#else
#define EACH(w, work)                                          \
  for (place w = (place)get_global_id(0); w < (work);          \
       w += (place)get_global_size(0))
#endif

// whether a comes before b and is not equal to it; NaN is larger than every number
int is_before(IN_REG a, IN_REG b) {
#if DESCENDING
  return IN_NAN(b) ? 0 : IN_NAN(a) ? 1 : a > b;
#else
  return IN_NAN(a) ? 0 : IN_NAN(b) ? 1 : a < b;
#endif
}

__kernel void sort_runs(
    __global const IN_MEM* in, __global IN_MEM* keys, __global long* indices, const place in_at,
    const place lines, const place length, const place run, const place runs,
    const place chunk) {
  EACH(w, lines * runs) {
    const place line = w / runs;
    const place from = (w - line * runs) * run;
    const place to = min((place)(from + run), length);
    const place start = line * length;
    for (place i = from; i < to; ++i) {
      const IN_REG value = IN_LOAD(in, in_at + start + i);
      place at = i;
      while (at > from && is_before(value, IN_LOAD(keys, start + at - 1))) {
        keys[start + at] = keys[start + at - 1];
        indices[start + at] = indices[start + at - 1];
        --at;
      }
      IN_STORE(keys, start + at, value);
      indices[start + at] = i;
    }
  }
}

__kernel void merge_runs(
    __global const IN_MEM* keys, __global const long* indices, __global IN_MEM* keys_out,
    __global long* indices_out, const place keys_at, const place indices_at, const place lines,
    const place length, const place run, const place chunk) {
  EACH(w, lines * length) {
    const place line = w / length;
    const place start = line * length;
    const place i = w - start;
    const place left = i / (2 * run) * (2 * run);
    const place middle = min((place)(left + run), length);
    const place right = min((place)(middle + run), length);
    const IN_REG value = IN_LOAD(keys, w);
    const int is_left = i < middle;
    // among the other run's elements: how many come before this one, equal ones of the left first
    place low = is_left ? middle : left;
    place high = is_left ? right : middle;
    const place first = low;
    while (low < high) {
      const place half_way = low + (high - low) / 2;
      const IN_REG other = IN_LOAD(keys, start + half_way);
      if (is_left ? is_before(other, value) : !is_before(value, other)) {
        low = half_way + 1;
      } else {
        high = half_way;
      }
    }
    const place at =
        start + left + (i - (is_left ? left : middle)) + (low - first);
    keys_out[keys_at + at] = keys[w];
    indices_out[indices_at + at] = indices[w];
  }
}
