// The loops: forward, and everything that backward wants, block by block.
//
// A block is some rows of a few inputs. Its basis values are laid out as [input][function][row] in
// a scratch buffer that stays in the L2 cache; vectors run over rows when functions are evaluated
// and over outputs when they are multiplied with coefficients, which are read where they are:
// (in, nb, out). Products run over tiles of registers.
#pragma once
#include "bases.h"

namespace EW_NAMESPACE {

using edgewise::Kernels;

#if EW_VECTOR_BYTES == 64 || defined(__aarch64__)  // 32 registers
constexpr int tile_vectors = 4, dense_rows = 6, local_rows = 6;
#else  // 16 registers
constexpr int tile_vectors = 2, dense_rows = 6, local_rows = 6;
#endif
constexpr int64_t l1_bytes = 20 * 1024;      // for coefficients, of 32 or 48 KiB
constexpr int64_t values_bytes = 160 * 1024;  // of a block's basis values, in L2

template <class T>
EW_INLINE int64_t rounded(int64_t n, int64_t unit = lanes<T>) {
  return (n + unit - 1) / unit * unit;
}
EW_INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

template <class T, template <class> class B>
struct Dense {
  using basis = B<T>;
  static constexpr bool local = false;
  static int64_t functions(const Problem<T>& p) { return p.nb; }
};

template <class T, int Degree>
struct Local {
  using basis = BSpline<T, Degree>;
  static constexpr bool local = true;
  static int64_t functions(const Problem<T>&) { return Degree + 1; }
};

// ---- blocks -----------------------------------------------------------------------------------

template <class T, class L>
struct Block {
  const Problem<T>& p;
  int64_t capacity;  // rows: whole vectors
  int64_t stride;    // between functions
  int64_t per_input;
  T *value, *slope;  // [input][functions + 1][stride]; the last function is the base activation
  T* z;              // [input][stride]
  int32_t* start;    // [input][stride], local bases only

  // Rows in a block. Where rows are sorted by cell, a visit to a cell must pay, so blocks grow with
  // the number of cells; elsewhere the values should fit the cache.
  static int64_t rows_of(const Problem<T>& p) {
    const int64_t most = !L::local ? 192 : p.nb <= 24 ? 192 : smaller(8 * p.nb, 960);
    const int64_t fit = values_bytes / int64_t(sizeof(T)) / lanes<T> / (L::functions(p) + 1);
    const int64_t rows = rounded<T>(fit < 1 ? 1 : L::local ? most : smaller(fit, most));
    return smaller(rows, rounded<T>(p.rows < 1 ? 1 : p.rows));
  }

  // An odd number of cache lines: powers of two would put all functions into one cache set.
  static int64_t stride_of(const Problem<T>& p) {
    constexpr int64_t line = 64 / int64_t(sizeof(T));
    return (rounded<T>(rows_of(p), line) / line | 1) * line;
  }

  static int64_t scratch(const Problem<T>& p, bool slopes) {
    return lanes<T> * stride_of(p) * ((L::functions(p) + 1) * (slopes ? 2 : 1) + 2);
  }

  Block(const Problem<T>& p, T* memory, bool slopes)
      : p(p), capacity(rows_of(p)), stride(stride_of(p)),
        per_input((L::functions(p) + 1) * stride) {
    value = memory;
    slope = slopes ? value + lanes<T> * per_input : nullptr;
    z = value + lanes<T> * per_input * (slopes ? 2 : 1);
    start = reinterpret_cast<int32_t*>(z + lanes<T> * stride);
  }

  const T* values(int64_t l) const { return value + l * per_input; }
  const T* base_values(int64_t l) const { return value + (l + 1) * per_input - stride; }
  const T* slopes(int64_t l) const { return slope + l * per_input; }
  const T* base_slopes(int64_t l) const { return slope + (l + 1) * per_input - stride; }

  // Rows r0 … r0 + rows, inputs i0 … i0 + width ≤ lanes; further rows of the last vector count as 0.
  void evaluate(int64_t r0, int64_t rows, int64_t i0, int64_t width) {
    for (int64_t r = 0; r < rows; r += lanes<T>) {
      const int64_t count = smaller(rows - r, lanes<T>);
      columns(p.z, r0 + r, count, i0, width, r, z);
      for (int64_t l = 0; l < width; ++l) functions(i0 + l, l, r);
      if (!p.base_weight) continue;
      if (p.x == p.z) {
        for (int64_t l = 0; l < width; ++l) base(load<T>(z + l * stride + r), l, r);
      } else {
        T x[lanes<T> * lanes<T>];
        turned(p.x, r0 + r, count, i0, width, x);
        for (int64_t l = 0; l < width; ++l) base(load<T>(x + l * lanes<T>), l, r);
      }
    }
  }

  // A square of numbers, turned over: columns become vectors.
  EW_INLINE void turned(const T* from, int64_t r0, int64_t count, int64_t i0, int64_t width,
                        T* to) const {
    Vec<T> row[lanes<T>];
    if (count == lanes<T> && width == lanes<T>) {
#pragma GCC unroll 16
      for (int r = 0; r < lanes<T>; ++r) row[r] = load<T>(from + (r0 + r) * p.in + i0);
      transpose<T>(row);
#pragma GCC unroll 16
      for (int l = 0; l < lanes<T>; ++l) store<T>(to + l * lanes<T>, row[l]);
      return;
    }
    for (int64_t k = 0; k < width * lanes<T>; ++k) to[k] = 0;
    for (int64_t r = 0; r < count; ++r)
      for (int64_t l = 0; l < width; ++l) to[l * lanes<T> + r] = from[(r0 + r) * p.in + i0 + l];
  }

  EW_INLINE void columns(const T* from, int64_t r0, int64_t count, int64_t i0, int64_t width,
                         int64_t r, T* to) const {
    T square[lanes<T> * lanes<T>];
    turned(from, r0, count, i0, width, square);
    for (int64_t l = 0; l < width; ++l) {
      Vec<T> v = load<T>(square + l * lanes<T>);
      store<T>(to + l * stride + r, v + (v - v));  // ±Inf becomes NaN
    }
  }

  EW_INLINE void functions(int64_t i, int64_t l, int64_t r) {
    const Problem<T> q = p;  // a copy that no store can alias stays in registers
    const Vec<T> v = load<T>(z + l * stride + r);
    T* to = value + l * per_input + r;
    T* turn = slope ? slope + l * per_input + r : nullptr;
    if constexpr (L::local) {
      L::basis::evaluate(q, i, v, to, turn, stride, start + l * stride + r);
    } else {
      L::basis::values(q, i, v, to, stride);
      if (turn) L::basis::slopes(q, i, v, to, turn, stride);
    }
  }

  EW_INLINE void base(Vec<T> x, int64_t l, int64_t r) {
    const int64_t at = (l + 1) * per_input - stride + r;
    x = x + (x - x);
    Vec<T> s = x, d = splat<T>(1);
    if (p.base == edgewise::base_silu) {
      Vec<T> e = exponential_within(clamp<T>(-x, T(-80), T(80)));
      Vec<T> sigma = reciprocal<T>(T(1) + e);
      sigma = x < T(-80) ? Vec<T>{} : sigma;  // x·σ(x) is gone, however large x
      s = x * sigma;
      d = sigma * (T(1) + x * (T(1) - sigma));
    }
    store<T>(value + at, s);
    if (slope) store<T>(slope + at, d);
  }
};

// Coefficients and base weights of one input, from where reading around them is safe.
template <class T>
EW_INLINE const T* coef_of(const Problem<T>& p, int64_t i) {
  if (i >= p.tail_coef) return p.last_coef + (i - p.tail_coef) * p.nb * p.out;
  return i == 0 ? p.first_coef : p.coef + i * p.nb * p.out;
}
template <class T>
EW_INLINE const T* base_of(const Problem<T>& p, int64_t i) {
  return i >= p.tail_base ? p.last_base + (i - p.tail_base) * p.out : p.base_weight + i * p.out;
}

template <int N>
struct Size {
  static constexpr int value = N;
};

// Calls f(Size<N>, first column) for tiles of N vectors that cover `columns`.
template <class T, class F>
EW_INLINE void over_tiles(int64_t columns, const F& f) {
  const int64_t vectors = rounded<T>(columns) / lanes<T>;
  for (int64_t v = 0; v < vectors; v += tile_vectors) {
    const int64_t left = vectors - v, j = v * lanes<T>;
    if (left >= tile_vectors)
      f(Size<tile_vectors>{}, j);
    else if (left == 3)
      f(Size<3>{}, j);
    else if (left == 2)
      f(Size<2>{}, j);
    else
      f(Size<1>{}, j);
  }
}

// acc[k] += a[k] · row, for K scalars and N vectors.
template <class T, int K, int N>
EW_INLINE void outer_product(Vec<T> (&acc)[K][N], const T* a, const T* b) {
  Vec<T> row[N];
#pragma GCC unroll 8
  for (int v = 0; v < N; ++v) row[v] = load<T>(b + v * lanes<T>);
#pragma GCC unroll 8
  for (int k = 0; k < K; ++k) {
    Vec<T> factor = splat<T>(a[k]);
#pragma GCC unroll 8
    for (int v = 0; v < N; ++v) acc[k][v] += factor * row[v];
  }
}

// ---- forward ----------------------------------------------------------------------------------

// y[R rows, N vectors at column j] += values[R rows, inputs l0 … l1] · coefficients
template <class T, class L, int R, int N>
EW_INLINE void forward_tile(const Block<T, L>& b, int64_t r, int64_t i0, int64_t l0, int64_t l1,
                            int64_t j, T* y, int64_t ld) {
  const Problem<T>& p = b.p;
  const int64_t nb = p.nb, out = p.out, stride = b.stride;
  const bool has_base = p.base_weight != nullptr;
  Vec<T> acc[R][N];
#pragma GCC unroll 8
  for (int q = 0; q < R; ++q)
#pragma GCC unroll 8
    for (int v = 0; v < N; ++v) acc[q][v] = load<T>(y + (r + q) * ld + j + v * lanes<T>);
  for (int64_t l = l0; l < l1; ++l) {
    const T* a = b.values(l) + r;
    const T* c = coef_of(p, i0 + l) + j;
    if constexpr (L::local) {
      const T* row[R];
      const int32_t* start = b.start + l * stride + r;
#pragma GCC unroll 8
      for (int q = 0; q < R; ++q) row[q] = c + int64_t(start[q]) * out;
#pragma GCC unroll 8
      for (int m = 0; m < L::basis::order; ++m, a += stride)
#pragma GCC unroll 8
        for (int q = 0; q < R; ++q) {
          Vec<T> factor = splat<T>(a[q]);
#pragma GCC unroll 8
          for (int v = 0; v < N; ++v) acc[q][v] += factor * load<T>(row[q] + v * lanes<T>);
          row[q] += out;
        }
    } else {
      for (int64_t g = 0; g < nb; ++g, a += stride, c += out) outer_product<T, R, N>(acc, a, c);
    }
    if (has_base) outer_product<T, R, N>(acc, a, base_of(p, i0 + l) + j);
  }
#pragma GCC unroll 8
  for (int q = 0; q < R; ++q)
#pragma GCC unroll 8
    for (int v = 0; v < N; ++v) store<T>(y + (r + q) * ld + j + v * lanes<T>, acc[q][v]);
}

template <class T, class L, int N>
void forward_rows(const Block<T, L>& b, int64_t rows, int64_t i0, int64_t l0, int64_t l1, int64_t j,
                  T* y, int64_t ld) {
  constexpr int R = L::local ? local_rows : dense_rows;
  int64_t r = 0;
  for (; r + R <= rows; r += R) forward_tile<T, L, R, N>(b, r, i0, l0, l1, j, y, ld);
  for (; r < rows; r += 2) forward_tile<T, L, 2, N>(b, r, i0, l0, l1, j, y, ld);
}

// A result of whole vectors stands behind the block's scratch.
template <class T, class L>
int64_t forward_scratch(const Problem<T>& p) {
  return Block<T, L>::scratch(p, false) + Block<T, L>::rows_of(p) * rounded<T>(p.out);
}

template <class T, class L>
void forward(const Problem<T>& p, int64_t r0, int64_t r1, int64_t i0, int64_t i1, T* y, int64_t ld,
             T* memory) {
  Block<T, L> b(p, memory, false);
  T* result = memory + Block<T, L>::scratch(p, false);
  const int64_t wide = rounded<T>(p.out);
  for (int64_t r = r0; r < r1; r += b.capacity) {
    const int64_t rows = smaller(r1 - r, b.capacity), even = (rows + 1) / 2 * 2;
    for (int64_t q = 0; q < even; ++q)
      for (int64_t o = 0; o < wide; ++o)
        result[q * wide + o] = p.bias && i0 == 0 && o < p.out ? p.bias[o] : T(0);
    for (int64_t i = i0; i < i1; i += lanes<T>) {
      const int64_t width = smaller(i1 - i, lanes<T>);
      b.evaluate(r, rows, i, width);
      over_tiles<T>(p.out, [&](auto size, int64_t j) {
        constexpr int N = decltype(size)::value;
        // As many inputs at a time as keep their coefficients in L1 while all rows pass by.
        // The dense product reads them once for six rows and can do with L2.
        const int64_t cache = L::local ? l1_bytes : 4 * l1_bytes;
        int64_t some = cache / int64_t(sizeof(T)) / ((p.nb + 1) * N * lanes<T>);
        some = some < 1 ? 1 : some;
        for (int64_t l = 0; l < width; l += some)
          forward_rows<T, L, N>(b, rows, i, l, smaller(l + some, width), j, result, wide);
      });
    }
    for (int64_t q = 0; q < rows; ++q)
      __builtin_memcpy(y + (r - r0 + q) * ld, result + q * wide, (unsigned long)p.out * sizeof(T));
  }
}

// ---- backward ---------------------------------------------------------------------------------

template <class T, int N>
EW_INLINE void write_row(const Vec<T> (&acc)[N], T* out, int64_t columns, bool add) {
  for (int v = 0; v < N; ++v, out += lanes<T>, columns -= lanes<T>) {
    if (columns >= lanes<T>)
      store<T>(out, add ? load<T>(out) + acc[v] : acc[v]);
    else
      for (int l = 0; l < columns; ++l) out[l] = (add ? out[l] : T(0)) + acc[v][l];
  }
}

// Six series of scalars and where their products with vectors go.
template <class T>
struct Six {
  static constexpr int K = dense_rows;
  const T* scalars[K];
  T* out[K];
  int64_t input[K], function[K];
  int count = 0;
  bool full() const { return count == K; }
  void add(const T* from, T* to, int64_t l = 0, int64_t g = 0) {
    scalars[count] = from, out[count] = to, input[count] = l, function[count++] = g;
  }
  void fill() {
    for (int k = count; k < K; ++k) scalars[k] = scalars[0];
  }
};

// acc[k] = Σ_s scalars[k][s] · vectors[s]
template <class T, int N>
EW_INLINE void accumulate(const Six<T>& six, const T* vectors, int64_t ld, int64_t count,
                          Vec<T> (&acc)[dense_rows][N]) {
#pragma GCC unroll 8
  for (int k = 0; k < dense_rows; ++k)
#pragma GCC unroll 8
    for (int v = 0; v < N; ++v) acc[k][v] = Vec<T>{};
  for (int64_t s = 0; s < count; ++s) {
    Vec<T> row[N];
#pragma GCC unroll 8
    for (int v = 0; v < N; ++v) row[v] = load<T>(vectors + s * ld + v * lanes<T>);
#pragma GCC unroll 8
    for (int k = 0; k < dense_rows; ++k) {
      Vec<T> factor = splat<T>(six.scalars[k][s]);
#pragma GCC unroll 8
      for (int v = 0; v < N; ++v) acc[k][v] += factor * row[v];
    }
  }
}

template <class T, class L>
struct Backward {
  const Problem<T>& p;
  Block<T, L> b;
  T *z_part, *x_part;  // [input][stride]
  T *center_sum, *width_sum;  // [input][nb][lanes]
  T* dphi;                    // [nb][stride], local bases only
  int32_t *order, *bounds;
  bool to_z, to_grid, to_inputs;

  static bool wants_inputs(const Problem<T>& p) {
    return p.dx || p.dz || p.dcenters || p.dwidths;
  }
  static int64_t scratch(const Problem<T>& p) {
    const int64_t stride = Block<T, L>::stride_of(p);
    return Block<T, L>::scratch(p, true) + 2 * lanes<T> * stride + 2 * lanes<T> * lanes<T> * p.nb +
           (L::local ? p.nb * stride : 0) + stride + p.cells + 64;
  }

  Backward(const Problem<T>& p, T* memory) : p(p), b(p, memory, wants_inputs(p)) {
    z_part = memory + Block<T, L>::scratch(p, true);
    x_part = z_part + lanes<T> * b.stride;
    center_sum = x_part + lanes<T> * b.stride;
    width_sum = center_sum + lanes<T> * lanes<T> * p.nb;
    dphi = width_sum + lanes<T> * lanes<T> * p.nb;
    order = reinterpret_cast<int32_t*>(dphi + (L::local ? p.nb * b.stride : 0));
    bounds = order + b.stride;
    to_inputs = wants_inputs(p);
    to_grid = p.dcenters || p.dwidths;
    to_z = p.dz || (p.dx && p.z == p.x) || to_grid;
  }

  void run(int64_t i, int64_t width) {
    if (to_grid)
      for (int64_t k = 0; k < 2 * lanes<T> * lanes<T> * p.nb; ++k) center_sum[k] = 0;
    int64_t r0 = 0;
    do {  // once at least, so that every gradient is written even without rows
      const int64_t rows = smaller(p.rows - r0, b.capacity);
      b.evaluate(r0, rows, i, width);
      if (p.dcoef) coefficients(i, width, r0, rows);
      if (p.dbase) base_weights(i, width, r0, rows);
      if (to_inputs) inputs(i, width, r0, rows);
      r0 += b.capacity;
    } while (r0 < p.rows);
    if (to_grid) write_grid(i, width);
  }

  // -- coefficients: ∂L/∂C_igo = Σ_rows φ_g(z_i) dy_o

  void coefficients(int64_t i, int64_t width, int64_t r0, int64_t rows) {
    if constexpr (L::local) {
      for (int64_t l = 0; l < width; ++l) by_cell(i, l, r0, rows);
    } else {
      over_tiles<T>(p.out, [&](auto size, int64_t j) {
        constexpr int N = decltype(size)::value;
        Six<T> six;
        for (int64_t l = 0; l < width; ++l)
          for (int64_t g = 0; g < p.nb; ++g) {
            six.add(b.values(l) + g * b.stride, p.dcoef + ((i + l) * p.nb + g) * p.out + j);
            if (six.full()) sum_rows<N>(six, j, r0, rows);
          }
        sum_rows<N>(six, j, r0, rows);
      });
    }
  }

  void base_weights(int64_t i, int64_t width, int64_t r0, int64_t rows) {
    over_tiles<T>(p.out, [&](auto size, int64_t j) {
      constexpr int N = decltype(size)::value;
      Six<T> six;
      for (int64_t l = 0; l < width; ++l) {
        six.add(b.base_values(l), p.dbase + (i + l) * p.out + j);
        if (six.full()) sum_rows<N>(six, j, r0, rows);
      }
      sum_rows<N>(six, j, r0, rows);
    });
  }

  template <int N>
  void sum_rows(Six<T>& six, int64_t j, int64_t r0, int64_t rows) {
    if (six.count == 0) return;
    six.fill();
    Vec<T> acc[dense_rows][N];
    accumulate<T, N>(six, p.dy + r0 * p.ld_dy + j, p.ld_dy, rows, acc);
    for (int k = 0; k < six.count; ++k) write_row<T, N>(acc[k], six.out[k], p.out - j, r0 > 0);
    six.count = 0;
  }

  // Rows of one input sorted by cell; the accumulators of a cell's functions stay in registers and
  // slide on with it, so every coefficient row is written once for each block.
  void by_cell(int64_t i, int64_t l, int64_t r0, int64_t rows) {
    constexpr int K = L::basis::order;
    const int32_t* start = b.start + l * b.stride;
    int32_t* ends = bounds + K + 1;  // ends[start]: where the rows of that cell end
    for (int64_t s = 0; s <= p.cells + 2; ++s) bounds[s] = 0;
    for (int64_t r = 0; r < rows; ++r) ++ends[start[r]];
    for (int64_t s = 0; s <= p.cells + 1; ++s) bounds[s + 1] += bounds[s];
    --ends;  // now ends[start] is where they begin
    for (int64_t r = 0; r < rows; ++r) order[ends[start[r]]++] = int32_t(r);
    const int64_t vectors = rounded<T>(p.out) / lanes<T>;
    constexpr int most = K > 5 || tile_vectors < 4 ? 2 : 4;  // what registers hold
    for (int64_t v = 0; v < vectors;) {
      const int64_t left = vectors - v, j = v * lanes<T>;
      if (left >= most)
        slide<K, most>(i, l, r0, j), v += most;
      else if (left >= 2)
        slide<K, 2>(i, l, r0, j), v += 2;
      else
        slide<K, 1>(i, l, r0, j), v += 1;
    }
  }

  template <int K, int N>
  void slide(int64_t i, int64_t l, int64_t r0, int64_t j) {
    Vec<T> acc[K][N] = {};
    const T* value = b.values(l);
    const int64_t stride = b.stride, ld = p.ld_dy, nb = p.nb, out = p.out, cells = p.cells;
    const T* dy = p.dy + r0 * ld + j;
    T* to = p.dcoef + (i + l) * nb * out + j;
    int64_t k = bounds[0];  // rows below all knots have no functions
    for (int64_t c = 0; c < cells; ++c) {
      for (const int64_t end = bounds[c + 1]; k < end; ++k) {
        const int64_t r = order[k];
        const T* from = dy + r * ld;
#pragma GCC unroll 8
        for (int m = 0; m < K; ++m) {
          Vec<T> factor = splat<T>(value[m * stride + r]);
#pragma GCC unroll 8
          for (int v = 0; v < N; ++v) acc[m][v] += factor * load<T>(from + v * lanes<T>);
        }
      }
      const int64_t g = c - (K - 1);  // the first of this cell's functions: no later cell has it
      if (g >= 0 && g < nb) write_row<T, N>(acc[0], to + g * out, out - j, r0 > 0);
#pragma GCC unroll 8
      for (int m = 0; m < K; ++m)
#pragma GCC unroll 8
        for (int v = 0; v < N; ++v)
          acc[m][v] = m + 1 < K ? acc[m + 1 < K ? m + 1 : m][v] : Vec<T>{};
    }
  }

  // -- inputs: ∂L/∂z_i = Σ_g φ'_g(z_i) · ∂L/∂φ_ig, with ∂L/∂φ_ig = Σ_o C_igo dy_o

  void inputs(int64_t i, int64_t width, int64_t r0, int64_t rows) {
    for (int64_t k = 0; k < lanes<T> * b.stride; ++k) z_part[k] = x_part[k] = 0;
    if constexpr (L::local) {
      for (int64_t l = 0; l < width; ++l)
        if (p.nb <= 3 * L::basis::order)
          from_all_functions(i, l, r0, rows);
        else
          from_own_functions(i, l, r0, rows);
    } else if (to_z) {
      over_tiles<T>(rows, [&](auto size, int64_t r) {
        constexpr int N = decltype(size)::value;
        Six<T> six;
        for (int64_t l = 0; l < width; ++l)
          for (int64_t g = 0; g < p.nb; ++g) {
            six.add(coef_of(p, i + l) + g * p.out, z_part + l * b.stride, l, g);
            if (six.full()) sum_outputs<N>(six, i, r0, r);
          }
        sum_outputs<N>(six, i, r0, r);
      });
    }
    if (p.dx && p.base_weight) through_base(i, width, r0, rows);
    const bool same = p.z == p.x;
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t l = 0; l < width; ++l) {
        const int64_t to = (r0 + r) * p.in + i + l, at = l * b.stride + r;
        if (p.dz) p.dz[to] = z_part[at];
        if (p.dx) p.dx[to] = same ? z_part[at] + x_part[at] : x_part[at];
      }
  }

  template <int N>
  void sum_outputs(Six<T>& six, int64_t i, int64_t r0, int64_t r) {
    if (six.count == 0) return;
    six.fill();
    Vec<T> acc[dense_rows][N];
    accumulate<T, N>(six, p.dy_turned + r0 + r, p.ld_turned, p.out, acc);
    for (int k = 0; k < six.count; ++k) {
      const int64_t at = six.function[k] * b.stride + r;
      for (int v = 0; v < N; ++v) {
        Vec<T> slope = load<T>(b.slopes(six.input[k]) + at + v * lanes<T>);
        T* to = six.out[k] + r + v * lanes<T>;
        store<T>(to, load<T>(to) + acc[k][v] * slope);
        if (to_grid) grid(i, six.input[k], six.function[k], r + v * lanes<T>, acc[k][v]);
      }
    }
    six.count = 0;
  }

  void through_base(int64_t i, int64_t width, int64_t r0, int64_t rows) {
    over_tiles<T>(rows, [&](auto size, int64_t r) {
      constexpr int N = decltype(size)::value;
      for (int64_t l = 0; l < width; l += dense_rows) {
        Six<T> six;
        for (int64_t k = l; k < l + dense_rows && k < width; ++k)
          six.add(base_of(p, i + k), x_part + k * b.stride + r, k);
        six.fill();
        Vec<T> acc[dense_rows][N];
        accumulate<T, N>(six, p.dy_turned + r0 + r, p.ld_turned, p.out, acc);
        for (int k = 0; k < six.count; ++k)
          for (int v = 0; v < N; ++v)
            store<T>(six.out[k] + v * lanes<T>,
                     acc[k][v] * load<T>(b.base_slopes(six.input[k]) + r + v * lanes<T>));
      }
    });
  }

  EW_INLINE void grid(int64_t i, int64_t l, int64_t g, int64_t r, Vec<T> dphi_rows) {
    if constexpr (L::basis::has_grid) {
      Vec<T> c, w, z = load<T>(b.z + l * b.stride + r);
      L::basis::grid_slopes(p, i + l, int(g), z, load<T>(b.values(l) + g * b.stride + r), &c, &w);
      const int64_t at = (l * p.nb + g) * lanes<T>;
      store<T>(center_sum + at, load<T>(center_sum + at) + dphi_rows * c);
      store<T>(width_sum + at, load<T>(width_sum + at) + dphi_rows * w);
    }
  }

  void write_grid(int64_t i, int64_t width) {
    for (int64_t k = 0; k < width * p.nb; ++k) {
      if (p.dcenters) p.dcenters[i * p.nb + k] = sum<T>(load<T>(center_sum + k * lanes<T>));
      if (p.dwidths) p.dwidths[i * p.nb + k] = sum<T>(load<T>(width_sum + k * lanes<T>));
    }
  }

  // Few functions: ∂L/∂φ of all of them as one product, then each row picks its own.
  void from_all_functions(int64_t i, int64_t l, int64_t r0, int64_t rows) {
    constexpr int K = L::basis::order;
    over_tiles<T>(rows, [&](auto size, int64_t r) {
      constexpr int N = decltype(size)::value;
      for (int64_t g = 0; g < p.nb; g += dense_rows) {
        Six<T> six;
        for (int64_t k = g; k < g + dense_rows && k < p.nb; ++k)
          six.add(coef_of(p, i + l) + k * p.out, dphi + k * b.stride + r);
        six.fill();
        Vec<T> acc[dense_rows][N];
        accumulate<T, N>(six, p.dy_turned + r0 + r, p.ld_turned, p.out, acc);
        for (int k = 0; k < six.count; ++k)
          for (int v = 0; v < N; ++v) store<T>(six.out[k] + v * lanes<T>, acc[k][v]);
      }
    });
    const int32_t* start = b.start + l * b.stride;
    const T* slope = b.slopes(l);
    for (int64_t r = 0; r < rows; ++r) {
      T total = 0;
      for (int m = 0; m < K; ++m) {
        const int64_t g = start[r] + m;
        const int64_t safe = g < 0 ? 0 : g < p.nb ? g : p.nb - 1;  // the slope is 0 elsewhere
        total += slope[m * b.stride + r] * dphi[safe * b.stride + r];
      }
      z_part[l * b.stride + r] = total;
    }
  }

  // Many functions: row by row, along the outputs.
  void from_own_functions(int64_t i, int64_t l, int64_t r0, int64_t rows) {
    constexpr int K = L::basis::order;
    const int64_t wide = rounded<T>(p.out), out = p.out, stride = b.stride;
    const T* c = coef_of(p, i + l);
    const T* slope = b.slopes(l);
    const int32_t* start = b.start + l * stride;
    for (int64_t r = 0; r < rows; r += lanes<T>) {
      Vec<T> total[lanes<T>];
      for (int q = 0; q < lanes<T>; ++q) {
        total[q] = Vec<T>{};
        if (r + q >= rows) continue;
        const T* dy = p.dy + (r0 + r + q) * p.ld_dy;
        const T* row = c + int64_t(start[r + q]) * out;
        Vec<T> factor[K];
#pragma GCC unroll 8
        for (int m = 0; m < K; ++m) factor[m] = splat<T>(slope[m * stride + r + q]);
        for (int64_t o = 0; o < wide; o += lanes<T>) {
          Vec<T> w = factor[0] * load<T>(row + o);
#pragma GCC unroll 8
          for (int m = 1; m < K; ++m) w += factor[m] * load<T>(row + m * out + o);
          total[q] += w * load<T>(dy + o);
        }
      }
      transpose<T>(total);  // sixteen sums at once
      Vec<T> all = total[0];
      for (int q = 1; q < lanes<T>; ++q) all += total[q];
      store<T>(z_part + l * stride + r, all);
    }
  }
};

template <class T, class L>
int64_t backward_scratch(const Problem<T>& p) {
  return Backward<T, L>::scratch(p);
}

template <class T, class L>
void backward(const Problem<T>& p, int64_t i0, int64_t i1, T* memory) {
  Backward<T, L> job(p, memory);
  for (int64_t i = i0; i < i1; i += lanes<T>) job.run(i, smaller(i1 - i, lanes<T>));
}

// ---- the table --------------------------------------------------------------------------------

template <class T, class L>
constexpr Kernels<T> kernels_of() {
  return {forward<T, L>, backward<T, L>, forward_scratch<T, L>, backward_scratch<T, L>, lanes<T>};
}

template <class T>
const Kernels<T>* find(int id, int degree) {
#define EW_CASE(NUMBER, NAME)                                            \
  if (id == NUMBER) {                                                    \
    static constexpr Kernels<T> found = kernels_of<T, Dense<T, NAME>>(); \
    return &found;                                                       \
  }
  EW_DENSE_BASES(EW_CASE)
#undef EW_CASE
#define EW_CASE(DEGREE)                                                    \
  if (id == edgewise::id_bspline && degree == DEGREE) {                    \
    static constexpr Kernels<T> found = kernels_of<T, Local<T, DEGREE>>(); \
    return &found;                                                         \
  }
  EW_SPLINE_DEGREES(EW_CASE)
#undef EW_CASE
  return nullptr;
}

}  // namespace EW_NAMESPACE
