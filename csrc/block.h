// The loops: forward, and everything that backward wants, block by block.
//
// A block is some rows of a few inputs. Its basis values are laid out as [input][function][row] in
// a scratch buffer that stays in the L2 cache; vectors run over rows when functions are evaluated
// and over outputs when they are multiplied with coefficients, which are read where they are:
// (in, nb, out). Products run over tiles of registers.
#pragma once
#include "bases.h"

namespace EW_NAMESPACE {


#if EW_VECTOR_BYTES == 64 || defined(__aarch64__)  // 32 registers
constexpr int tile_vectors = 4, dense_rows = 6, local_rows = 6;
#else  // 16 registers
constexpr int tile_vectors = 2, dense_rows = 6, local_rows = 6;
#endif
constexpr int64_t l1_bytes = 20 * 1024;      // for coefficients, of 32 or 48 KiB
constexpr int64_t group_bytes = 64 * 1024;   // of the values that forward works on at a time
constexpr int64_t values_bytes = 160 * 1024;  // of a block's basis values, in L2

template <class T>
EW_INLINE int64_t rounded(int64_t n, int64_t unit = lanes<T>) {
  return (n + unit - 1) / unit * unit;
}
EW_INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

// Whether the first coefficient of each edge is that of 1, which needs no product with every row:
// its sum over the inputs is added to the output. Where 1 is all there is it stays a function.
template <class T, class B>
constexpr int64_t constants(const Problem<T>& p) {
  return B::constant && p.nb > 1;
}

template <class T, template <class> class B>
struct Dense {
  using basis = B<T>;
  static constexpr bool local = false;
  static int64_t functions(const Problem<T>& p) { return p.nb - constants<T, basis>(p); }
};

template <class T, template <class, int> class B, int Degree>
struct Local {
  using basis = B<T, Degree>;
  static constexpr bool local = true;
  static int64_t functions(const Problem<T>&) { return Degree + 1; }
};

// Splines of few cells.
template <class T, int Degree>
struct Few {
  using basis = PowerSpline<T, Degree>;
  static constexpr bool local = false;
  static int64_t functions(const Problem<T>& p) { return p.nb - 1; }
};

// ---- blocks -----------------------------------------------------------------------------------

// Coefficients and base weights of one input as they are, from where reading around them is safe.
template <class T>
EW_INLINE const T* coef_of(const Problem<T>& p, int64_t i) {
  if (i >= p.tail_coef) return p.last_coef + (i - p.tail_coef) * p.nb * p.out;
  return i == 0 ? p.first_coef : p.coef + i * p.nb * p.out;
}
template <class T>
EW_INLINE const T* base_of(const Problem<T>& p, int64_t i) {
  return i >= p.tail_base ? p.last_base + (i - p.tail_base) * p.out : p.base_weight + i * p.out;
}

template <class T, class L>
struct Block {
  const Problem<T>& p;
  int64_t capacity;  // rows: whole vectors
  int64_t stride;    // between functions
  int64_t per_input;
  T *value, *slope;  // [input][functions + 1][stride]; the last function is the base activation
  T *z, *x;          // [input][stride]; the same where there is no normalisation
  int32_t* start;    // [input][stride], local bases only
  T* steep;          // with tails: slopes, then values at the domain's ends, and their cells
  T *folded_coef, *masked_base;  // of the inputs at hand; null where they are read as they are
  T* constant = nullptr;         // (out), where forward adds up the coefficients of 1
  const T *coef[lanes<T>], *base[lanes<T>];  // what kernels read of each input at hand
  int64_t first = 0;  // input that values and slopes begin with

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
    return unfolded(p, slopes) + folded(p);
  }
  static int64_t unfolded(const Problem<T>& p, bool slopes) {
    return lanes<T> * stride_of(p) * ((L::functions(p) + 1) * (slopes ? 2 : 1) + 3) +
           tail_slopes(p);
  }
  static int64_t tail_slopes(const Problem<T>& p) {
    return p.tails ? stride_of(p) * (2 * L::functions(p) + 1) : 0;
  }

  static bool folds(const Problem<T>& p) { return p.scale || p.mask || p.lines || p.powers; }
  static int64_t constants(const Problem<T>& p) {
    return EW_NAMESPACE::constants<T, typename L::basis>(p);
  }

  // What kernels read around coefficients: see Problem.
  static int64_t around(const Problem<T>& p) { return (p.degree + 1) * p.out; }
  static constexpr int64_t room = tile_vectors * lanes<T>;
  static int64_t folded(const Problem<T>& p) {
    if (!folds(p)) return 0;
    return 2 * around(p) + lanes<T> * (p.nb + 1) * p.out + 2 * room;
  }

  Block(const Problem<T>& p, T* memory, bool slopes)
      : p(p), capacity(rows_of(p)), stride(stride_of(p)),
        per_input((L::functions(p) + 1) * stride) {
    value = memory;
    slope = slopes ? value + lanes<T> * per_input : nullptr;
    z = value + lanes<T> * per_input * (slopes ? 2 : 1);
    x = p.x == p.z ? z : z + lanes<T> * stride;
    start = reinterpret_cast<int32_t*>(z + 2 * lanes<T> * stride);
    steep = memory + unfolded(p, slopes) - tail_slopes(p);
    T* more = memory + unfolded(p, slopes);
    folded_coef = folds(p) ? more + around(p) : nullptr;
    masked_base = p.mask && p.has_base_column() ? more + folded(p) - room - lanes<T> * p.out : nullptr;
  }

  // Finds the coefficients and base weights of inputs i0 … i0 + width, once for all tiles, as kernels
  // multiply them.
  void find_weights(int64_t i0, int64_t width) {
    if (folded_coef) fold(i0, width);
    for (int64_t l = 0; l < width; ++l) {
      coef[l] = folded_coef ? folded_coef + l * p.nb * p.out : coef_of(p, i0 + l);
      if (constants(p)) {
        for (int64_t o = 0; constant && o < p.out; ++o) constant[o] += coef[l][o];
        coef[l] += p.out;
      }
      if (p.has_base_column()) base[l] = masked_base ? masked_base + l * p.out : base_of(p, i0 + l);
    }
  }

  // Multiplies coefficients with their scale and mask, and base weights with the mask, adds lines to
  // coefficients, and turns those of splines into those of powers. A product with every row's values
  // instead would cost more: edges have fewer coefficients than a block has rows.
  void fold(int64_t i0, int64_t width) {
    const int64_t nb = p.nb, out = p.out, size = width * nb * out;
    for (int64_t k = 0; k < around(p); ++k) folded_coef[k - around(p)] = 0;
    for (int64_t k = 0; k < around(p) + room; ++k) folded_coef[size + k] = 0;
    for (int64_t l = 0; l < width; ++l) {
      const int64_t i = i0 + l;
      const T* from = p.coef + i * nb * out;
      T* to = folded_coef + l * nb * out;
      over_row<T>(out, [&](int64_t j, auto read, auto write) {
        const Vec<T> mask = p.mask ? read(p.mask + i * out + j) : splat<T>(1);
        const Vec<T> factor = p.scale ? mask * read(p.scale + i * out + j) : mask;
        const Vec<T> line = p.lines ? mask * read(p.base_weight + i * out + j) : Vec<T>{};
        for (int64_t g = 0, at = j; g < nb; ++g, at += out) {
          const Vec<T> product = factor * read(from + at);
          write(to + at, p.lines ? product + p.lines[i * nb + g] * line : product);
        }
        if (p.powers) change_basis(nb, 1, [&](int64_t g) { return read(to + g * out + j); },
                                   [&](int64_t k, Vec<T> v) { write(to + k * out + j, v); });
        if (masked_base) write(masked_base + l * out + j, mask * read(p.base_weight + i * out + j));
      });
    }
    for (int64_t k = 0; masked_base && k < room; ++k) masked_base[width * out + k] = 0;
  }

  // Writes Σ_g A_kg read(g) for each k, or Σ_k A_kg read(k) for each g if `along` is nb.
  template <class R, class W>
  EW_INLINE void change_basis(int64_t nb, int64_t along, const R& read, const W& write) const {
    constexpr int64_t most = 6;  // see Problem::few
    Vec<T> from[most];
    for (int64_t g = 0; g < nb; ++g) from[g] = read(g);
    for (int64_t k = 0; k < nb; ++k) {
      const T* a = p.powers + (along == 1 ? k * nb : k);
      Vec<T> total = a[0] * from[0];
      for (int64_t g = 1; g < nb; ++g) total += a[g * along] * from[g];
      write(k, total);
    }
  }

  // Inputs to evaluate at a time in the forward pass.
  int64_t group() const {
    const int64_t fit = group_bytes / int64_t(sizeof(T)) / per_input;
    return L::local || fit > lanes<T> ? lanes<T> : fit < 1 ? 1 : fit;
  }
  const T* values(int64_t l) const { return value + (l - first) * per_input; }
  const T* base_values(int64_t l) const { return values(l + 1) - stride; }
  const T* slopes(int64_t l) const { return slope + (l - first) * per_input; }
  const T* base_slopes(int64_t l) const { return slopes(l + 1) - stride; }

  // Rows r0 … r0 + rows, inputs i0 … i0 + width ≤ lanes; further rows of the last vector count as 0.
  void read(int64_t r0, int64_t rows, int64_t i0, int64_t width) {
    columns(p.z, r0, rows, i0, width, z);
    if (p.has_base_column() && x != z) columns(p.x, r0, rows, i0, width, x);
  }

  // Inputs l0 … l1 of those that were read, over the ones evaluated before.
  void evaluate(int64_t rows, int64_t i0, int64_t l0, int64_t l1) {
    first = l0;
    for (int64_t l = l0; l < l1; ++l) {
      const Problem<T> q = of_input(p, i0 + l);  // a copy: no store can alias it
      if (q.tails && !L::basis::own_tails) {
        T lo, hi;
        find_tails(q, i0 + l, &lo, &hi);
        for (int64_t r = 0; r < rows; r += lanes<T>) with_tails(q, i0 + l, l, r, lo, hi);
      } else {
        for (int64_t r = 0; r < rows; r += lanes<T>) functions(q, i0 + l, l, r);
      }
      if (!p.has_base_column()) continue;
      if (p.base == edgewise::base_silu)
        for (int64_t r = 0; r < rows; r += lanes<T>) silu(l, r);
      else
        for (int64_t r = 0; r < rows; r += lanes<T>) identity(l, r);
    }
  }

  // Turned over: the columns of a matrix become vectors, and ±Inf becomes NaN.
  EW_INLINE void columns(const T* from, int64_t r0, int64_t rows, int64_t i0, int64_t width,
                         T* to) const {
    for (int64_t r = 0; r < rows; r += lanes<T>) {
      const T* first = from + (r0 + r) * p.in + i0;
      const int64_t count = smaller(rows - r, lanes<T>);
      Vec<T> square[lanes<T>];
      if (count == lanes<T> && width == lanes<T>) {
#pragma GCC unroll 16
        for (int k = 0; k < lanes<T>; ++k) square[k] = load<T>(first + k * p.in);
      } else {
        for (int k = 0; k < lanes<T>; ++k) {
          square[k] = Vec<T>{};
          for (int64_t l = 0; k < count && l < width; ++l) square[k][l] = first[k * p.in + l];
        }
      }
      transpose<T>(square);
#pragma GCC unroll 16
      for (int l = 0; l < lanes<T>; ++l)
        store<T>(to + l * stride + r, square[l] + (square[l] - square[l]));
    }
  }

  // Turned back: [input][row] to (rows, in).
  EW_INLINE void write_columns(const T* part, T* to, int64_t i, int64_t width, int64_t r0,
                               int64_t rows) const {
    for (int64_t r = 0; r < rows; r += lanes<T>) {
      const int64_t count = smaller(rows - r, lanes<T>);
      T* out = to + (r0 + r) * p.in + i;
      Vec<T> square[lanes<T>];
#pragma GCC unroll 16
      for (int l = 0; l < lanes<T>; ++l) square[l] = load<T>(part + l * stride + r);
      transpose<T>(square);
      for (int64_t q = 0; q < count; ++q) {
        if (width == lanes<T>)
          store<T>(out + q * p.in, square[q]);
        else
          for (int64_t l = 0; l < width; ++l) out[q * p.in + l] = square[q][l];
      }
    }
  }

  EW_INLINE void functions(const Problem<T>& q, int64_t i, int64_t l, int64_t r) {
    const Vec<T> v = load<T>(z + l * stride + r);
    T* to = value + (l - first) * per_input + r;
    T* turn = slope ? slope + (l - first) * per_input + r : nullptr;
    formulas(q, i, v, to, turn, start + l * stride + r);
  }

  EW_INLINE void formulas(const Problem<T>& q, int64_t i, Vec<T> v, T* to, T* turn,
                          int32_t* cells) {
    if constexpr (L::local) {
      L::basis::evaluate(q, i, v, to, turn, stride, cells);
    } else if (L::basis::constant && q.nb == 1) {  // NaN for a NaN
      store<T>(to, v - v + T(1));
      if (turn) store<T>(turn, v - v);
    } else {
      L::basis::values(q, i, v, to, stride);
      if (turn) L::basis::slopes(q, i, v, to, turn, stride);
    }
  }

  // Slopes at both ends of an input's domain: of function g at steep[g * stride], and behind it.
  EW_INLINE void find_tails(const Problem<T>& q, int64_t i, T* lo, T* hi) {
    L::basis::domain(q, i, lo, hi);
    const int64_t size = L::functions(q) * stride;
    Vec<T> ends = splat<T>(*hi);
    ends[0] = *lo;
    formulas(q, i, ends, steep + size, steep, reinterpret_cast<int32_t*>(steep + 2 * size));
  }

  // φ(z) = φ(c) + φ'(c) (z - c), where c is the point of the domain nearest to z. A NaN stays one.
  EW_INLINE void with_tails(const Problem<T>& q, int64_t i, int64_t l, int64_t r, T lo, T hi) {
    const Vec<T> v = load<T>(z + l * stride + r), low = splat<T>(lo), high = splat<T>(hi);
    const Vec<T> above = v < low ? low : v, nearest = above > high ? high : above;
    const Vec<T> beyond = v - nearest;
    T* to = value + (l - first) * per_input + r;
    T* turn = slope ? slope + (l - first) * per_input + r : nullptr;
    formulas(q, i, nearest, to, turn, start + l * stride + r);
    for (int64_t g = 0; g < L::functions(q); ++g, to += stride) {
      const T* at_ends = steep + g * stride;
      const Vec<T> left = splat<T>(at_ends[0]), right = splat<T>(at_ends[1]);
      store<T>(to, load<T>(to) + (beyond < T(0) ? left : right) * beyond);
    }
  }

  // The base activations: x·σ(x), and x itself.
  EW_INLINE void silu(int64_t l, int64_t r) {
    const int64_t at = (l - first + 1) * per_input - stride + r;
    const Vec<T> v = load<T>(x + l * stride + r);
    Vec<T> e = exponential_within(clamp<T>(-v, T(-80), T(80)));
    Vec<T> sigma = reciprocal<T>(T(1) + e);
    sigma = v < T(-80) ? Vec<T>{} : sigma;  // x·σ(x) is gone, however large x
    store<T>(value + at, v * sigma);
    if (slope) store<T>(slope + at, sigma * (T(1) + v * (T(1) - sigma)));
  }
  EW_INLINE void identity(int64_t l, int64_t r) {
    const int64_t at = (l - first + 1) * per_input - stride + r;
    const Vec<T> v = load<T>(x + l * stride + r);
    store<T>(value + at, v);
    if (slope) store<T>(slope + at, v - v + T(1));
  }
};

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

}  // namespace EW_NAMESPACE
