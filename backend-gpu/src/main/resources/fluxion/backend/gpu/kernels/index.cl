// Reading and writing at places that are elements themselves. An index that is out of range is
// noted in its slot, and work that depends on it is left undone.

#if CHUNKED
#define EACH(w, work)                                                     \
  for (place w = (place)get_global_id(0) * chunk,                         \
             end = min((place)(w + chunk), (place)(work)); w < end; ++w)
#else
#define EACH(w, work)                                          \
  for (place w = (place)get_global_id(0); w < (work);          \
       w += (place)get_global_size(0))
#endif

#define NOTHING 0x7fffffffL

// the number of dimensions, their sizes, and for each operand its offset and its steps
typedef struct {
  place v[1 + DIMS + OPERANDS * (DIMS + 1)];
} geometry;

// where an operand's element of a row-major position lies
place at(const geometry g, const int operand, place i) {
  const int own = 1 + DIMS + operand * (DIMS + 1);
  place p = g.v[own];
  for (int d = (int)g.v[0] - 1; d > 0; --d) {
    const place rest = i / g.v[1 + d];
    p += (i - rest * g.v[1 + d]) * g.v[own + 1 + d];
    i = rest;
  }
  return p + i * g.v[own + 1];
}

int is_bad(__global const long* slots, const int first, const int count) {
  for (int k = first; k < first + count; ++k) {
    if (slots[2 * k] != NOTHING) {
      return 1;
    }
  }
  return 0;
}

#if CHECK

// Notes the first position whose index is out of range.
__kernel void check(
    __global const long* index, __global long* slots, const geometry g, const place elements,
    const long size, const int slot, const place chunk) {
  EACH(i, elements) {
    const long found = index[at(g, 0, i)];
    if (found < 0 || found >= size) {
      atomic_min((volatile __global int*)(slots + 2 * slot), (int)min((long)i, NOTHING - 1));
    }
  }
}

// Notes the index there.
__kernel void report(
    __global const long* index, __global long* slots, const geometry g, const int slot) {
  if (get_global_id(0) == 0 && slots[2 * slot] != NOTHING) {
    slots[2 * slot + 1] = index[at(g, 0, (place)slots[2 * slot])];
  }
}

#else

__kernel void gather(
    __global X_MEM* out, __global const long* index, __global const X_MEM* in,
    __global const long* slots, const geometry g, const place elements, const place step,
    const int slot, const int count, const place chunk) {
  if (is_bad(slots, slot, count)) {
    return;
  }
  EACH(i, elements) {
    out[at(g, 0, i)] = in[at(g, 2, i) + (place)index[at(g, 1, i)] * step];
  }
}

// One line after another, each in its order: what goes to one place combines in that order.
__kernel void scatter(
    __global X_MEM* target, __global const long* index, __global const X_MEM* source,
    __global const long* slots, const geometry g, const place lines, const place length,
    const place target_step, const place index_step, const place source_step, const int slot,
    const int count, const place chunk) {
  if (is_bad(slots, slot, count)) {
    return;
  }
  EACH(i, lines) {
    const place t = at(g, 0, i);
    const place x = at(g, 1, i);
    const place s = at(g, 2, i);
    for (place j = 0; j < length; ++j) {
      const place p = t + (place)index[x + j * index_step] * target_step;
      const X_REG there = X_LOAD(target, p);
      const X_REG value = X_LOAD(source, s + j * source_step);
      X_STORE(target, p, COMBINE(there, value));
    }
  }
}

#endif
