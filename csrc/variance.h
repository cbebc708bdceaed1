// The variance over the rows of what each edge adds, w_ioᵀ Cov_i w_io, and its gradients. Cov_i is
// the covariance of all functions of input i, the base activation the last of them, and w_io their
// coefficients.
#pragma once
#include "backward.h"

namespace EW_NAMESPACE {

template <class T, class L>
struct Variance {
  template <int N>
  static constexpr int rounded_up = (N + lanes<T> - 1) / lanes<T> * lanes<T>;
  static constexpr int64_t turned_bytes = 64 * 1024;
  static constexpr int K = 5;  // functions at a time: two rounds for the 9 of a usual grid
  const Problem<T>& p;
  Block<T, L> b;
  int64_t count, wide;       // functions; outputs in whole vectors
  T *psi, *slope;            // [functions and those that don't exist][stride]: see dense()
  T *z_part, *x_part;        // [input][stride]; the same where z is x
  T *turned;                 // [row][slot][input]: some rows of a block, functions in slots
  T *side, *gaps;            // [.][input]: moments, and between the means of a part and before it
  T *dcov, *offset;          // [input], in backward
  T *cov, *gain, *scaled;    // of one input
  int64_t slots, part;       // slots of a row; rows that are turned over at a time
  bool to_inputs;

  static int64_t functions(const Problem<T>& p) { return p.nb + (p.base_weight ? 1 : 0); }
  static int64_t room(const Problem<T>& p) { return functions(p) + 16; }
  static constexpr int64_t outside() {  // slots before the first function, and behind the last
    if constexpr (L::local) return L::basis::order;
    return 0;
  }
  static int64_t slots_of(const Problem<T>& p) { return p.nb + 2 * outside() + 1; }
  static int64_t part_of(const Problem<T>& p) {  // whole vectors of rows
    const int64_t fit = turned_bytes / int64_t(sizeof(T)) / slots_of(p) / lanes<T> / lanes<T>;
    return (fit < 1 ? 1 : fit) * lanes<T>;
  }
  static int64_t scratch(const Problem<T>& p) {
    const int64_t stride = Block<T, L>::stride_of(p), n = functions(p), out = rounded<T>(p.out);
    const int64_t each = n * (n + 1) + 2 * n + (n + K) * (n + K) + part_of(p) * slots_of(p);
    const int64_t own = (n + K) * (n + K) + out * (n + 1);
    return Block<T, L>::scratch(p, true) + (2 * room(p) + 2 * lanes<T>) * stride +
           lanes<T> * each + own + 8 * lanes<T>;
  }

  Variance(const Problem<T>& p, T* memory)
      : p(p), b(p, memory, p.dx || p.dz), count(functions(p)), wide(rounded<T>(p.out)),
        to_inputs(p.dx || p.dz) {
    T* at = memory + Block<T, L>::scratch(p, true);
    auto take = [&](int64_t numbers) {
      T* taken = at;
      at += numbers;
      return taken;
    };
    psi = take(room(p) * b.stride), slope = take(room(p) * b.stride);
    z_part = take(lanes<T> * b.stride), x_part = take(lanes<T> * b.stride);
    if (p.x == p.z) x_part = z_part;
    slots = slots_of(p), part = part_of(p);
    turned = take(part * slots * lanes<T>);
    side = take((count + 1) * count * lanes<T>), gaps = take(lanes<T> * count);
    offset = take(lanes<T> * count);
    dcov = take(lanes<T> * (count + K) * (count + K)), cov = take((count + K) * (count + K));
    gain = take(wide), scaled = take(wide * count);
  }

  T* moments_of(int64_t i) const { return p.moments + i * (count + 1) * count; }
  const T* weights(int64_t i, int64_t f) const {
    return f < p.nb ? coef_of(p, i) + f * p.out : base_of(p, i);
  }

  // All functions of an input that was evaluated, [function][row]. Splines that are zero at a point
  // are written out; those that don't exist, before the first and behind the last, have room.
  EW_INLINE T* dense(int64_t l, int64_t rows, T* from, T* to) const {
    if constexpr (!L::local) {
      return from;
    } else {
      constexpr int order = L::basis::order;
      const int64_t stride = b.stride, even = rounded<T>(rows);
      const int32_t* start = b.start + l * stride;
      T* first = to + order * stride;
      for (int64_t g = -order; g < p.nb + order; ++g)
        for (int64_t r = 0; r < even; r += lanes<T>) store<T>(first + g * stride + r, Vec<T>{});
      for (int m = 0; m < order; ++m, from += stride)
        for (int64_t r = 0; r < rows; ++r) first[(start[r] + m) * stride + r] = from[r];
      for (int64_t r = 0; r < even; r += lanes<T>) {
        store<T>(first + r, load<T>(first + r) + load<T>(to + r));  // 0, or the NaN of a NaN
        if (p.base_weight) store<T>(first + p.nb * stride + r, load<T>(from + r));
      }
      return first;
    }
  }

  // to[f·ld + g] and its mirror = Σ_n a(f)_n c(g)_n for all pairs: three by three in registers.
  template <class A, class C>
  EW_INLINE void products(const A& a, const C& c, int64_t size, T* to, int64_t ld) const {
    auto within = [&](int64_t f) { return f < count ? f : count - 1; };
    for (int64_t f = 0; f < count; f += 3)
      for (int64_t g = 0; g <= f; g += 3) {
        const T *a0 = a(f), *a1 = a(within(f + 1)), *a2 = a(within(f + 2));
        const T *c0 = c(g), *c1 = c(within(g + 1)), *c2 = c(within(g + 2));
        Vec<T> acc[rounded_up<9>] = {};
        for (int64_t s = 0; s < size; s += lanes<T>) {
          const Vec<T> x0 = load<T>(a0 + s), x1 = load<T>(a1 + s), x2 = load<T>(a2 + s);
          const Vec<T> y0 = load<T>(c0 + s), y1 = load<T>(c1 + s), y2 = load<T>(c2 + s);
          acc[0] += x0 * y0, acc[1] += x0 * y1, acc[2] += x0 * y2;
          acc[3] += x1 * y0, acc[4] += x1 * y1, acc[5] += x1 * y2;
          acc[6] += x2 * y0, acc[7] += x2 * y1, acc[8] += x2 * y2;
        }
        T total[rounded_up<9>];
        for (int q = 0; q < 9; q += lanes<T>) store<T>(total + q, sums<T>(acc + q));
        for (int q = 0; q < 9; ++q) {
          const int64_t m = f + q / 3, n = g + q % 3;
          if (n <= m && m < count) to[m * ld + n] = to[n * ld + m] = total[q];
        }
      }
  }

  // acc[k] = Σ_g matrix[g][f + k] w_g, for N vectors of outputs at column j.
  template <int N>
  EW_INLINE void times_weights(int64_t i, int64_t f, int64_t j, Vec<T> (&acc)[K][N]) const {
    const T *column = cov + f, *c = coef_of(p, i) + j;
#pragma GCC unroll 8
    for (int k = 0; k < K; ++k)
#pragma GCC unroll 8
      for (int v = 0; v < N; ++v) acc[k][v] = Vec<T>{};
    for (int64_t g = 0; g < p.nb; ++g, column += count + K, c += p.out)
      outer_product<T, K, N>(acc, column, c);
    if (p.base_weight) outer_product<T, K, N>(acc, column, base_of(p, i) + j);
  }

  void read_covariance(int64_t i) {
    const T* from = moments_of(i);
    for (int64_t f = 0; f < count; ++f)
      for (int64_t g = 0; g < count + K; ++g)
        cov[f * (count + K) + g] = g < count ? from[f * count + g] : T(0);
  }

  // -- forward: the moments of the functions, part by part (Chan, Golub and LeVeque 1979); w'Cov w
  //
  // Vectors run over inputs here, [row][function][input]: sums over rows are then sums of vectors.

  void moments(int64_t i, int64_t width) {
    const int64_t size = (count + 1) * count * lanes<T>;
    for (int64_t k = 0; k < size; k += lanes<T>) store<T>(side + k, Vec<T>{});
    for (int64_t r0 = 0; r0 < p.rows; r0 += b.capacity) {
      const int64_t rows = smaller(p.rows - r0, b.capacity);
      b.read(r0, rows, i, width);
      b.evaluate(rows, i, 0, width);
      for (int64_t r = 0; r < rows; r += part) {
        const int64_t some = smaller(rows - r, part);
        turn(r, some, width);
        merge(some, T(r0 + r));
      }
    }
    const T freedom = p.rows > 1 ? T(p.rows) - T(1) : T(1);
    for (int64_t f = 0; f < count; ++f)
      for (int64_t g = 0; g <= f; ++g) {
        T *here = side + (f * count + g) * lanes<T>, *mirror = side + (g * count + f) * lanes<T>;
        const Vec<T> second = load<T>(here) / freedom;
        store<T>(here, second);
        store<T>(mirror, second);
      }
    write_moments(i, width);
  }

  // Rows r … r + rows of the block. Those of splines that are zero at a point are written out;
  // those that don't exist, before the first and behind the last, have room.
  EW_INLINE void turn(int64_t r, int64_t rows, int64_t width) {
    if constexpr (L::local) {
      constexpr int order = L::basis::order;
      const int64_t size = rows * slots * lanes<T>;
      for (int64_t k = 0; k < size; k += lanes<T>) store<T>(turned + k, Vec<T>{});
      for (int64_t l = 0; l < width; ++l) {
        const int32_t* start = b.start + l * b.stride + r;
        const T* from = b.value + l * b.per_input + r;
        for (int64_t q = 0; q < rows; ++q) {
          T* to = turned + (q * slots + order + start[q]) * lanes<T> + l;
          for (int m = 0; m < order; ++m) to[m * lanes<T>] = from[m * b.stride + q];
        }
      }
      for (int64_t q = 0; q < rows; ++q) {  // 0, or the NaN of a NaN
        T* to = turned + q * slots * lanes<T>;
        store<T>(to + order * lanes<T>, load<T>(to + order * lanes<T>) + load<T>(to));
      }
      if (p.base_weight) turn_function(order * b.stride + r, outside() + p.nb, rows);
    } else {
      for (int64_t f = 0; f < count; ++f) turn_function(f * b.stride + r, outside() + f, rows);
    }
  }

  EW_INLINE void turn_function(int64_t from, int64_t slot, int64_t rows) {
    for (int64_t q = 0; q < rows; q += lanes<T>) {
      Vec<T> square[lanes<T>];
#pragma GCC unroll 16
      for (int l = 0; l < lanes<T>; ++l) square[l] = load<T>(b.value + l * b.per_input + from + q);
      transpose<T>(square);
#pragma GCC unroll 16
      for (int k = 0; k < lanes<T>; ++k)
        store<T>(turned + ((q + k) * slots + slot) * lanes<T>, square[k]);
    }
  }

  // The part's rows centred at their own mean, their moments merged with those of `before` rows.
  EW_INLINE void merge(int64_t rows, T before) {
    const int64_t next = slots * lanes<T>;
    const T share = T(rows) / (before + T(rows));
    for (int64_t f = 0; f < count; ++f) {
      T* values = turned + (outside() + f) * lanes<T>;
      T* mean = side + (count * count + f) * lanes<T>;
      const Vec<T> origin = load<T>(values);  // where a constant is exactly 0
      Vec<T> total{};
      for (int64_t q = 0; q < rows; ++q) total += load<T>(values + q * next) - origin;
      const Vec<T> middle = total / T(rows);
      for (int64_t q = 0; q < rows; ++q)
        store<T>(values + q * next, load<T>(values + q * next) - origin - middle);
      const Vec<T> gap = origin + middle - load<T>(mean);
      store<T>(gaps + f * lanes<T>, gap);
      store<T>(mean, load<T>(mean) + gap * share);
    }
    add_products(rows, before * share);
  }

  // The lower half of Σ_n ψ_fn ψ_gn + weight gap_f gap_g: three by three in registers.
  EW_INLINE void add_products(int64_t rows, T weight) {
    const int64_t next = slots * lanes<T>;
    auto at = [&](int64_t f) {
      return turned + (outside() + (f < count ? f : count - 1)) * lanes<T>;
    };
    for (int64_t f = 0; f < count; f += 3)
      for (int64_t g = 0; g <= f; g += 3) {
        const T *a0 = at(f), *a1 = at(f + 1), *a2 = at(f + 2);
        const T *c0 = at(g), *c1 = at(g + 1), *c2 = at(g + 2);
        Vec<T> acc[9] = {};
        for (int64_t q = 0; q < rows * next; q += next) {
          const Vec<T> x0 = load<T>(a0 + q), x1 = load<T>(a1 + q), x2 = load<T>(a2 + q);
          const Vec<T> y0 = load<T>(c0 + q), y1 = load<T>(c1 + q), y2 = load<T>(c2 + q);
          acc[0] += x0 * y0, acc[1] += x0 * y1, acc[2] += x0 * y2;
          acc[3] += x1 * y0, acc[4] += x1 * y1, acc[5] += x1 * y2;
          acc[6] += x2 * y0, acc[7] += x2 * y1, acc[8] += x2 * y2;
        }
        for (int q = 0; q < 9; ++q) {
          const int64_t m = f + q / 3, n = g + q % 3;
          if (n > m || m >= count) continue;
          T* to = side + (m * count + n) * lanes<T>;
          const Vec<T> between = load<T>(gaps + m * lanes<T>) * load<T>(gaps + n * lanes<T>);
          store<T>(to, load<T>(to) + acc[q] + weight * between);
        }
      }
  }

  // Turned back: each input's numbers together.
  EW_INLINE void write_moments(int64_t i, int64_t width) const {
    const int64_t size = (count + 1) * count;
    for (int64_t e = 0; e < size; e += lanes<T>) {
      const bool whole = e + lanes<T> <= size;
      Vec<T> square[lanes<T>];
      for (int k = 0; k < lanes<T>; ++k)
        square[k] = e + k < size ? load<T>(side + (e + k) * lanes<T>) : Vec<T>{};
      transpose<T>(square);
      for (int64_t l = 0; l < width; ++l) {
        T* to = moments_of(i + l) + e;
        if (whole)
          store<T>(to, square[l]);
        else
          for (int64_t k = 0; e + k < size; ++k) to[k] = square[l][k];
      }
    }
  }

  void run(int64_t i, int64_t width) {
    moments(i, width);
    for (int64_t l = 0; l < width; ++l) {
      read_covariance(i + l);
      over_tiles<T>(p.out, [&](auto size, int64_t j) {
        constexpr int N = decltype(size)::value;
        Vec<T> total[N] = {}, acc[K][N];
        for (int64_t f = 0; f < count; f += K) {
          times_weights<N>(i + l, f, j, acc);
          for (int64_t k = 0; k < K && f + k < count; ++k)
            for (int v = 0; v < N; ++v)
              total[v] += acc[k][v] * load<T>(weights(i + l, f + k) + j + v * lanes<T>);
        }
        write_row<T, N>(total, p.variance + (i + l) * p.out + j, p.out - j, false);
      });
    }
  }

  // -- backward, with 2 G = gain / root: dw = 2 G Cov w, dCov = Σ_o G_o w w',
  //    dψ = 2 / (n - 1) dCov (ψ - mean)

  void run_backward(int64_t i, int64_t width) {
    for (int64_t l = 0; l < width; ++l) {
      const T *given = p.gain + (i + l) * p.out, *root = p.deviation + (i + l) * p.out;
      for (int64_t o = 0; o < wide; ++o)
        gain[o] = o < p.out ? given[o] / (root[o] > p.least ? root[o] : p.least) : T(0);
      if (p.dcoef || p.dbase) to_weights(i + l);
      if (to_inputs) to_covariance(i + l, dcov + l * (count + K) * (count + K), offset + l * count);
    }
    if (!to_inputs) return;
    for (int64_t r0 = 0; r0 < p.rows; r0 += b.capacity) {
      const int64_t rows = smaller(p.rows - r0, b.capacity);
      b.read(r0, rows, i, width);
      b.evaluate(rows, i, 0, width);
      for (int64_t k = 0; k < 2 * lanes<T> * b.stride; ++k) z_part[k] = T(0);
      for (int64_t l = 0; l < width; ++l) to_rows(l, rows);
      if (p.dz) b.write_columns(z_part, p.dz, i, width, r0, rows);
      if (p.dx) b.write_columns(x_part, p.dx, i, width, r0, rows);
    }
  }

  void to_weights(int64_t i) {
    read_covariance(i);
    over_tiles<T>(p.out, [&](auto size, int64_t j) {
      constexpr int N = decltype(size)::value;
      Vec<T> acc[K][N];
      for (int64_t f = 0; f < count; f += K) {
        times_weights<N>(i, f, j, acc);
        for (int64_t k = 0; k < K && f + k < count; ++k) {
          T* to = f + k < p.nb ? p.dcoef + (i * p.nb + f + k) * p.out : p.dbase + i * p.out;
          if (f + k < p.nb ? !p.dcoef : !p.dbase) continue;
          for (int v = 0; v < N; ++v) acc[k][v] *= load<T>(gain + j + v * lanes<T>);
          write_row<T, N>(acc[k], to + j, p.out - j, false);
        }
      }
    });
  }

  void to_covariance(int64_t i, T* to, T* by_mean) {
    const int64_t ld = count + K;
    for (int64_t f = 0; f < count; ++f)
      for (int64_t o = 0; o < wide; o += lanes<T>)
        store<T>(scaled + f * wide + o, load<T>(weights(i, f) + o) * load<T>(gain + o));
    products([&](int64_t f) { return scaled + f * wide; }, [&](int64_t g) { return weights(i, g); },
             wide, to, ld);
    const T share = T(1) / (p.rows > 1 ? T(p.rows) - T(1) : T(1));
    const T* mean = moments_of(i) + count * count;
    for (int64_t f = 0; f < count; ++f) by_mean[f] = T(0);
    for (int64_t g = 0; g < count; ++g)
      for (int64_t f = 0; f < ld; ++f) {
        to[g * ld + f] = f < count ? to[g * ld + f] * share : T(0);
        if (f < count) by_mean[f] += to[g * ld + f] * mean[g];
      }
  }

  void to_rows(int64_t l, int64_t rows) {
    const int64_t stride = b.stride, ld = count + K;
    const T* values = dense(l, rows, b.value + l * b.per_input, psi);
    const T* slopes = dense(l, rows, b.slope + l * b.per_input, slope);
    const T *matrix = dcov + l * ld * ld, *by_mean = offset + l * count;
    for (int64_t r = 0; r < rows; r += lanes<T>)
      for (int64_t f = 0; f < count; f += K) {
        Vec<T> acc[K] = {};
        for (int64_t g = 0; g < count; ++g) {
          const Vec<T> value = load<T>(values + g * stride + r);
#pragma GCC unroll 8
          for (int k = 0; k < K; ++k) acc[k] += matrix[g * ld + f + k] * value;
        }
        for (int64_t k = 0; k < K && f + k < count; ++k) {
          T* to = (f + k < p.nb ? z_part : x_part) + l * stride + r;
          const Vec<T> turn = load<T>(slopes + (f + k) * stride + r);
          store<T>(to, load<T>(to) + (acc[k] - by_mean[f + k]) * turn);
        }
      }
  }
};

template <class T, class L>
int64_t variance_scratch(const Problem<T>& p) {
  return Variance<T, L>::scratch(p);
}

template <class T, class L>
void variance(const Problem<T>& p, int64_t i0, int64_t i1, T* memory) {
  Variance<T, L> job(p, memory);
  for (int64_t i = i0; i < i1; i += lanes<T>) job.run(i, smaller(i1 - i, lanes<T>));
}

template <class T, class L>
void variance_backward(const Problem<T>& p, int64_t i0, int64_t i1, T* memory) {
  Variance<T, L> job(p, memory);
  for (int64_t i = i0; i < i1; i += lanes<T>) job.run_backward(i, smaller(i1 - i, lanes<T>));
}

}  // namespace EW_NAMESPACE
