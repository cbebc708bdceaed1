// Backward: the gradients of coefficients, base weights, inputs and grids.
#pragma once
#include "block.h"

namespace EW_NAMESPACE {
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
  T *z_part, *x_part;  // [input][stride]; the same where z is x
  T *center_sum, *width_sum;  // [input][nb][lanes]
  T* dy_sum;                  // (out): the gradient of each coefficient of 1
  int32_t *order, *counts, *bounds;
  bool to_z, to_grid, to_inputs;

  static bool wants_inputs(const Problem<T>& p) {
    return p.dx || p.dz || p.dcenters || p.dwidths;
  }
  static int64_t scratch(const Problem<T>& p) {
    const int64_t stride = Block<T, L>::stride_of(p);
    return Block<T, L>::scratch(p, true) + 2 * lanes<T> * stride + 2 * lanes<T> * lanes<T> * p.nb +
           p.ld_dy + stride + 3 * (p.cells + 2);
  }

  Backward(const Problem<T>& p, T* memory) : p(p), b(p, memory, wants_inputs(p)) {
    z_part = memory + Block<T, L>::scratch(p, true);
    x_part = p.z == p.x ? z_part : z_part + lanes<T> * b.stride;
    center_sum = z_part + 2 * lanes<T> * b.stride;
    width_sum = center_sum + lanes<T> * lanes<T> * p.nb;
    dy_sum = width_sum + lanes<T> * lanes<T> * p.nb;
    order = reinterpret_cast<int32_t*>(dy_sum + p.ld_dy);
    bounds = order + b.stride;
    counts = bounds + p.cells + 2;
    to_inputs = wants_inputs(p);
    to_grid = p.dcenters || p.dwidths;
    to_z = p.dz || (p.dx && p.z == p.x) || to_grid;
    if (p.dcoef && b.constants(p)) sum_dy();
  }

  // Block by block, so that sums of many rows round little.
  void sum_dy() {
    for (int64_t o = 0; o < p.ld_dy; ++o) dy_sum[o] = 0;
    for (int64_t r0 = 0; r0 < p.rows; r0 += b.capacity)
      for (int64_t o = 0; o < p.ld_dy; o += lanes<T>) {
        Vec<T> total{};
        for (int64_t r = r0; r < smaller(r0 + b.capacity, p.rows); ++r)
          total += load<T>(p.dy + r * p.ld_dy + o);
        store<T>(dy_sum + o, load<T>(dy_sum + o) + total);
      }
  }

  void run(int64_t i, int64_t width) {
    if (to_grid)
      for (int64_t k = 0; k < 2 * lanes<T> * lanes<T> * p.nb; ++k) center_sum[k] = 0;
    if (to_inputs) b.find_weights(i, width);
    int64_t r0 = 0;
    do {  // once at least, so that every gradient is written even without rows
      const int64_t rows = smaller(p.rows - r0, b.capacity);
      b.read(r0, rows, i, width);
      b.evaluate(rows, i, 0, width);
      if (p.dcoef) coefficients(i, width, r0, rows);
      if (p.dbase && p.has_base_column()) base_weights(i, width, r0, rows);
      if (to_inputs) inputs(i, width, r0, rows);
      r0 += b.capacity;
    } while (r0 < p.rows);
    if (to_grid) write_grid(i, width);
    if (b.folds(p) || b.constants(p)) unfold(i, width);
  }

  // -- scale, mask and lines: what was summed so far are gradients D of the products M S C and E of
  // M V. ∂L/∂C = M S D, ∂L/∂V = M E, ∂L/∂S = M Σ_g D C, ∂L/∂M = S Σ_g D C + E V. Of coefficients
  // M (S C + ξ V) there is D alone, and E = Σ_g ξ D. Coefficients of 1 have the sum of dy.

  void unfold(int64_t i, int64_t width) {
    const int64_t nb = p.nb, out = p.out;
    for (int64_t edges = i * out; edges < (i + width) * out; edges += out)
      over_row<T>(out, [&](int64_t j, auto read, auto write) {
        const int64_t edge = edges + j;
        const Vec<T> mask = p.mask ? read(p.mask + edge) : splat<T>(1);
        const Vec<T> scale = p.scale ? read(p.scale + edge) : splat<T>(1);
        Vec<T> total{}, of_line{};
        if (p.dcoef) {
          const int64_t first = edges * nb + j;
          T* to = p.dcoef + first;
          if (b.constants(p)) write(to, read(dy_sum + j));
          if (p.powers) b.change_basis(nb, nb, [&](int64_t k) { return read(to + k * out); },
                                       [&](int64_t g, Vec<T> v) { write(to + g * out, v); });
          const T* line = p.lines ? p.lines + edges / out * nb : nullptr;
          for (int64_t at = first; at < first + nb * out; at += out) {
            const Vec<T> d = read(p.dcoef + at);
            total += d * read(p.coef + at);
            if (line) of_line += d * *line++;
            write(p.dcoef + at, mask * scale * d);
          }
        }
        if (p.dscale) write(p.dscale + edge, mask * total);
        total = scale * total;
        if (p.dbase) {
          const Vec<T> e = p.lines ? of_line : read(p.dbase + edge);
          total += e * read(p.base_weight + edge);
          write(p.dbase + edge, mask * e);
        }
        if (p.dmask) write(p.dmask + edge, total);
      });
  }

  // -- coefficients: ∂L/∂C_igo = Σ_rows φ_g(z_i) dy_o

  void coefficients(int64_t i, int64_t width, int64_t r0, int64_t rows) {
    if constexpr (L::local) {
      for (int64_t l = 0; l < width; ++l) by_cell(i, l, r0, rows);
    } else {
      const int64_t functions = L::functions(p), first = b.constants(p);
      over_tiles<T>(p.out, [&](auto size, int64_t j) {
        constexpr int N = decltype(size)::value;
        Six<T> six;
        for (int64_t l = 0; l < width; ++l)
          for (int64_t g = 0; g < functions; ++g) {
            six.add(b.values(l) + g * b.stride, p.dcoef + ((i + l) * p.nb + first + g) * p.out + j);
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
    // Even and odd rows are counted apart: neighbours are often in one cell, and a counter that was
    // just written is slow to read.
    const int64_t slots = p.cells + 2;  // below all knots, the cells, above
    int32_t* slot = counts + 2 * K;     // slot[2 * start]
    for (int64_t s = 0; s < 2 * slots; ++s) counts[s] = 0;
    int64_t r = 0;
    for (; r + 2 <= rows; r += 2) ++slot[2 * start[r]], ++slot[2 * start[r + 1] + 1];
    if (r < rows) ++slot[2 * start[r]];
    int32_t at = 0;
    for (int64_t s = 0; s < slots; ++s) {
      const int32_t even = counts[2 * s], odd = counts[2 * s + 1];
      counts[2 * s] = at, counts[2 * s + 1] = at + even;
      bounds[s] = at += even + odd;  // where the slot's rows end
    }
    for (r = 0; r + 2 <= rows; r += 2) {
      order[slot[2 * start[r]]++] = int32_t(r);
      order[slot[2 * start[r + 1] + 1]++] = int32_t(r + 1);
    }
    if (r < rows) order[slot[2 * start[r]]++] = int32_t(r);
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
    for (int64_t k = 0; k < 2 * lanes<T> * b.stride; ++k) z_part[k] = 0;
    const bool to_base = p.dx && p.has_base_column();
    const int64_t functions = !L::local && to_z ? L::functions(p) : 0;
    over_tiles<T>(rows, [&](auto size, int64_t r) {
      constexpr int N = decltype(size)::value;
      Six<T> six;
      for (int64_t l = 0; l < width; ++l) {
        for (int64_t g = 0; g < functions; ++g) {
          six.add(b.coef[l] + g * p.out, nullptr, l, g);
          if (six.full()) sum_outputs<N>(six, i, r0, r);
        }
        if (to_base) six.add(b.base[l], nullptr, l, p.nb);
        if (six.full()) sum_outputs<N>(six, i, r0, r);
      }
      sum_outputs<N>(six, i, r0, r);
    });
    if constexpr (L::local)
      if (to_z)
        over_tiles<T>(p.out, [&](auto size, int64_t j) {
          for (int64_t l = 0; l < width; ++l)
            along_outputs<decltype(size)::value>(i, l, r0, rows, j);
        });
    if (p.dz) b.write_columns(z_part, p.dz, i, width, r0, rows);
    if (p.dx) b.write_columns(x_part, p.dx, i, width, r0, rows);
  }

  // Of six functions (number nb is the base activation) and N vectors of rows at once.
  template <int N>
  EW_INLINE void sum_outputs(Six<T>& six, int64_t i, int64_t r0, int64_t r) {
    if (six.count == 0) return;
    six.fill();
    Vec<T> acc[dense_rows][N];
    accumulate<T, N>(six, p.dy_turned + r0 + r, p.ld_turned, p.out, acc);
    for (int k = 0; k < six.count; ++k) {
      const int64_t l = six.input[k], g = six.function[k];
      const bool base = g == p.nb;
      const T* slope = (base ? b.base_slopes(l) : b.slopes(l) + g * b.stride) + r;
      T* to = (base ? x_part : z_part) + l * b.stride + r;
      for (int v = 0; v < N; ++v) {
        const int64_t at = v * lanes<T>;
        store<T>(to + at, load<T>(to + at) + acc[k][v] * load<T>(slope + at));
        if (to_grid && !base) grid(i, l, g, r + at, acc[k][v]);
      }
    }
    six.count = 0;
  }

  EW_INLINE void grid(int64_t i, int64_t l, int64_t g, int64_t r, Vec<T> dphi_rows) {
    if constexpr (L::basis::has_grid) {
      Vec<T> c, w, z = load<T>(b.z + l * b.stride + r);
      L::basis::grid_slopes(of_input(p, i + l), i + l, int(g), z, load<T>(b.values(l) + g * b.stride + r), &c, &w);
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

  // Splines: row by row, its own functions only, for N vectors of outputs at column j.
  template <int N>
  EW_INLINE void along_outputs(int64_t i, int64_t l, int64_t r0, int64_t rows, int64_t j) {
    constexpr int K = L::basis::order;
    const int64_t out = p.out, stride = b.stride, ld = p.ld_dy;
    const T *c = b.coef[l] + j, *slope = b.slopes(l), *dy = p.dy + r0 * ld + j;
    const int32_t* start = b.start + l * stride;
    for (int64_t r = 0; r < rows; r += lanes<T>) {
      Vec<T> total[lanes<T>];
      const int64_t count = smaller(rows - r, lanes<T>);
      for (int64_t q = 0; q < count; ++q) {
        const T* row = c + int64_t(start[r + q]) * out;
        Vec<T> w[N];
#pragma GCC unroll 8
        for (int m = 0; m < K; ++m, row += out) {
          const Vec<T> factor = splat<T>(slope[m * stride + r + q]);
#pragma GCC unroll 8
          for (int v = 0; v < N; ++v) {
            const Vec<T> term = factor * load<T>(row + v * lanes<T>);
            w[v] = m ? w[v] + term : term;
          }
        }
        total[q] = w[0] * load<T>(dy + (r + q) * ld);
#pragma GCC unroll 8
        for (int v = 1; v < N; ++v) total[q] += w[v] * load<T>(dy + (r + q) * ld + v * lanes<T>);
      }
      for (int64_t q = count; q < lanes<T>; ++q) total[q] = Vec<T>{};
      T* to = z_part + l * stride + r;
      store<T>(to, load<T>(to) + sums<T>(total));
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

}  // namespace EW_NAMESPACE
