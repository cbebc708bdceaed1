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
  static constexpr int K = 5;  // functions at a time: two rounds for the 9 of a usual grid
  const Problem<T>& p;
  Block<T, L> b;
  int64_t count, wide;       // functions; outputs in whole vectors
  T *psi, *slope;            // [functions and those that don't exist][stride]: see dense()
  T *z_part, *x_part;        // [input][stride]; the same where z is x
  T *rest, *dcov, *offset;   // [input]: sums of what the first block's mean leaves; backward's own
  T *cov, *gain, *scaled;    // of one input
  bool to_inputs;

  static int64_t functions(const Problem<T>& p) { return p.nb + (p.base_weight ? 1 : 0); }
  static int64_t room(const Problem<T>& p) { return functions(p) + 16; }
  static int64_t scratch(const Problem<T>& p) {
    const int64_t stride = Block<T, L>::stride_of(p), n = functions(p), out = rounded<T>(p.out);
    const int64_t each = 2 * n + (n + K) * (n + K), own = each + out * (n + 1);
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
    rest = take(lanes<T> * count), offset = take(lanes<T> * count);
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

  // to[f·ld + g] and its mirror (+)= Σ_n a(f)_n c(g)_n for all pairs: three by three in registers.
  template <class A, class C>
  EW_INLINE void products(const A& a, const C& c, int64_t size, T* to, int64_t ld, bool add) const {
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
          if (n > m || m >= count) continue;
          to[m * ld + n] = to[n * ld + m] = (add ? to[m * ld + n] : T(0)) + total[q];
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

  // -- forward: the moments of the functions, centred at the mean of the first block, and w'Cov w

  void moments(int64_t i, int64_t width) {
    for (int64_t r0 = 0; r0 == 0 || r0 < p.rows; r0 += b.capacity) {
      const int64_t rows = smaller(p.rows - r0, b.capacity), even = rounded<T>(rows);
      b.read(r0, rows, i, width);
      b.evaluate(rows, i, 0, width);
      for (int64_t l = 0; l < width; ++l) {
        T* values = dense(l, rows, b.value + l * b.per_input, psi);
        T *second = moments_of(i + l), *mean = second + count * count;
        for (int64_t f = 0; f < count; ++f)
          centre(values + f * b.stride, rows, r0 == 0, mean + f, rest + l * count + f);
        auto row = [&](int64_t f) { return values + f * b.stride; };
        products(row, row, even, second, count, r0 > 0);
      }
    }
    const T n = T(p.rows), freedom = p.rows > 1 ? n - T(1) : T(1);
    for (int64_t l = 0; l < width; ++l) {
      T *second = moments_of(i + l), *mean = second + count * count, *left = rest + l * count;
      for (int64_t f = 0; f < count; ++f) left[f] /= p.rows ? n : T(1), mean[f] += left[f];
      for (int64_t f = 0; f < count; ++f)
        for (int64_t g = 0; g < count; ++g)
          second[f * count + g] = (second[f * count + g] - n * left[f] * left[g]) / freedom;
    }
  }

  EW_INLINE void centre(T* values, int64_t rows, bool first, T* mean, T* left) const {
    auto total = [&] {
      Vec<T> sum_of{};
      int64_t r = 0;
      for (; r + lanes<T> <= rows; r += lanes<T>) sum_of += load<T>(values + r);
      T tail = 0;
      for (; r < rows; ++r) tail += values[r];
      return sum<T>(sum_of) + tail;
    };
    if (first) *mean = rows ? total() / T(rows) : T(0);
    const int64_t even = rounded<T>(rows);
    for (int64_t r = 0; r < even; r += lanes<T>) store<T>(values + r, load<T>(values + r) - *mean);
    for (int64_t r = rows; r < even; ++r) values[r] = T(0);
    *left = (first ? T(0) : *left) + total();
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

  // -- backward: dw = 2 G Cov w, dCov = Σ_o G_o w w', dψ = 2 / (n - 1) dCov (ψ - mean)

  void run_backward(int64_t i, int64_t width) {
    for (int64_t l = 0; l < width; ++l) {
      for (int64_t o = 0; o < wide; ++o)
        gain[o] = o < p.out ? T(2) * p.gain[(i + l) * p.out + o] : T(0);
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
             wide, to, ld, false);
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
