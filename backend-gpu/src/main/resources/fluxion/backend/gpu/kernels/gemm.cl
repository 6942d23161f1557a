// Products of matrices, c[i, j] = sum of a[i, k] b[k, j] in ascending k, each step one rounding.

#if SIMPLE

// one element after another: integers, which wrap
__kernel void gemm(
    __global const REAL* a, __global const REAL* b, __global REAL* c, const place a_at,
    const place b_at, const place c_at, const place m, const place n, const place depth,
    const place a_row, const place a_column, const place b_row, const place b_column,
    const place c_row, const place c_column, const place a_batch, const place b_batch,
    const place c_batch) {
  const place j = (place)get_global_id(0);
  const place i = (place)get_global_id(1);
  const place batch = (place)get_global_id(2);
  if (i >= m || j >= n) {
    return;
  }
  a += a_at + batch * a_batch + i * a_row;
  b += b_at + batch * b_batch + j * b_column;
  REAL sum = 0;
  for (place k = 0; k < depth; ++k) {
    sum = STEP(a[k * a_column], b[k * b_row], sum);
  }
  c[c_at + batch * c_batch + i * c_row + j * c_column] = sum;
}

#elif CHUNKED

// A work-item computes a tile of ROWS by two vectors, without local memory: on a processor that is
// memory like any other. b lies along its rows.
#define ROWS 6

__kernel void gemm(
    __global const REAL* a, __global const REAL* b, __global REAL* c, const place a_at,
    const place b_at, const place c_at, const place m, const place n, const place depth,
    const place a_row, const place a_column, const place b_row, const place b_column,
    const place c_row, const place c_column, const place a_batch, const place b_batch,
    const place c_batch) {
  const place i = (place)get_global_id(0) * ROWS;
  const place j = (place)get_global_id(1) * (2 * LANES);
  const place batch = (place)get_global_id(2);
  a += a_at + batch * a_batch;
  b += b_at + batch * b_batch;
  c += c_at + batch * c_batch;
  if (i + ROWS <= m && j + 2 * LANES <= n) {
    __global const REAL* from = a + i * a_row;
    __global const REAL* row = b + j;
    VECTOR s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0;
    VECTOR t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0;
    for (place k = 0; k < depth; ++k) {
      const VECTOR u = VLOAD(0, row);
      const VECTOR v = VLOAD(1, row);
#define TILE_ROW(r)                                       \
  {                                                       \
    const VECTOR x = (VECTOR)(from[r * a_row]);           \
    s##r = fma(x, u, s##r);                               \
    t##r = fma(x, v, t##r);                               \
  }
      TILE_ROW(0)
      TILE_ROW(1)
      TILE_ROW(2)
      TILE_ROW(3)
      TILE_ROW(4)
      TILE_ROW(5)
      from += a_column;
      row += b_row;
    }
#define STORE_ROW(r)                                      \
  VSTORE(s##r, 0, c + (i + r) * c_row + j);               \
  VSTORE(t##r, 1, c + (i + r) * c_row + j);
    STORE_ROW(0)
    STORE_ROW(1)
    STORE_ROW(2)
    STORE_ROW(3)
    STORE_ROW(4)
    STORE_ROW(5)
    return;
  }
  for (place r = i; r < min((place)(i + ROWS), m); ++r) {
    place q = j;
    for (; q + LANES <= min((place)(j + 2 * LANES), n); q += LANES) {
      VECTOR sums = 0;
      for (place k = 0; k < depth; ++k) {
        sums = fma((VECTOR)(a[r * a_row + k * a_column]), VLOAD(0, b + k * b_row + q), sums);
      }
      VSTORE(sums, 0, c + r * c_row + q);
    }
    for (; q < min((place)(j + 2 * LANES), n); ++q) {
      REAL sum = 0;
      for (place k = 0; k < depth; ++k) {
        sum = fma(a[r * a_row + k * a_column], b[k * b_row + q], sum);
      }
      c[r * c_row + q] = sum;
    }
  }
}

#else

// A work-group computes a tile of 64 by 64 from pieces in local memory, a work-item 4 by 4 of it.
#define TILE 64
#define DEPTH 16
#define SIDE 16
#define EACH_SIDE 4

__kernel __attribute__((reqd_work_group_size(SIDE, SIDE, 1))) void gemm(
    __global const REAL* a, __global const REAL* b, __global REAL* c, const place a_at,
    const place b_at, const place c_at, const place m, const place n, const place depth,
    const place a_row, const place a_column, const place b_row, const place b_column,
    const place c_row, const place c_column, const place a_batch, const place b_batch,
    const place c_batch) {
  __local REAL left[DEPTH][TILE + 1];
  __local REAL right[DEPTH][TILE + 1];
  const int x = (int)get_local_id(0);
  const int y = (int)get_local_id(1);
  const int own = y * SIDE + x;
  const place top = (place)get_group_id(1) * TILE;
  const place side = (place)get_group_id(0) * TILE;
  const place batch = (place)get_group_id(2);
  a += a_at + batch * a_batch;
  b += b_at + batch * b_batch;
  c += c_at + batch * c_batch;
  REAL sums[EACH_SIDE][EACH_SIDE];
  for (int r = 0; r < EACH_SIDE; ++r) {
    for (int q = 0; q < EACH_SIDE; ++q) {
      sums[r][q] = 0;
    }
  }
  for (place k = 0; k < depth; k += DEPTH) {
    for (int e = own; e < TILE * DEPTH; e += SIDE * SIDE) {
      // neighbours read neighbours, whichever way the matrix lies
      const int ai = a_column == 1 ? e / DEPTH : e % TILE;
      const int ak = a_column == 1 ? e % DEPTH : e / TILE;
      const int bj = b_column == 1 ? e % TILE : e / DEPTH;
      const int bk = b_column == 1 ? e / TILE : e % DEPTH;
      left[ak][ai] = top + ai < m && k + ak < depth
          ? a[(top + ai) * a_row + (k + ak) * a_column] : (REAL)0;
      right[bk][bj] = side + bj < n && k + bk < depth
          ? b[(k + bk) * b_row + (side + bj) * b_column] : (REAL)0;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int e = 0; e < DEPTH && k + e < depth; ++e) {
      for (int r = 0; r < EACH_SIDE; ++r) {
        for (int q = 0; q < EACH_SIDE; ++q) {
          sums[r][q] = fma(left[e][y + r * SIDE], right[e][x + q * SIDE], sums[r][q]);
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  for (int r = 0; r < EACH_SIDE; ++r) {
    for (int q = 0; q < EACH_SIDE; ++q) {
      const place i = top + y + r * SIDE;
      const place j = side + x + q * SIDE;
      if (i < m && j < n) {
        c[i * c_row + j * c_column] = sums[r][q];
      }
    }
  }
}

#endif
