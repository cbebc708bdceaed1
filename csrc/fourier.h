// cos kz, then sin kz, k = 1 … nb/2, by angle addition from cos z and sin z
#pragma once
#include "basis.h"

namespace EW_NAMESPACE {

// Sine and cosine by reduction to [-π/4, π/4] in three parts of π/2; above the range where that
// is exact, lane by lane through the C library.
template <class T>
EW_INLINE void sine_cosine(Vec<T> v, Vec<T>* sine, Vec<T>* cosine) {
  const T limit = sizeof(T) == 4 ? T(8192) : T(1e7);
  Vec<T> x = clamp<T>(v, -limit, limit);
  Vec<T> n = nearest<T>(x * T(0.63661977236758134308));
  Vec<T> r;
  if constexpr (sizeof(T) == 4) {
    r = x - n * T(1.5703125);
    r = r - n * T(4.837512969970703125e-4);
    r = r - n * T(7.54978995489188216e-8);
  } else {
    r = x - n * T(1.57079632673412561417e+00);
    r = r - n * T(6.07710050630396597660e-11);
    r = r - n * T(2.02226624879595063154e-21);
  }
  Vec<T> r2 = r * r, s, c;
  if constexpr (sizeof(T) == 4) {
    s = ((T(-1.9515295891e-4) * r2 + T(8.3321608736e-3)) * r2 - T(1.6666654611e-1)) * r2 * r + r;
    c = ((T(2.443315711809948e-5) * r2 - T(1.388731625493765e-3)) * r2 +
         T(4.166664568298827e-2)) * r2 * r2 - T(0.5) * r2 + T(1);
  } else {
    s = splat<T>(1.0 / 355687428096000.0);
    s = s * r2 - 1.0 / 1307674368000.0;
    s = s * r2 + 1.0 / 6227020800.0;
    s = s * r2 - 1.0 / 39916800.0;
    s = s * r2 + 1.0 / 362880.0;
    s = s * r2 - 1.0 / 5040.0;
    s = s * r2 + 1.0 / 120.0;
    s = s * r2 - 1.0 / 6.0;
    s = s * r2 * r + r;
    c = splat<T>(1.0 / 20922789888000.0);
    c = c * r2 - 1.0 / 87178291200.0;
    c = c * r2 + 1.0 / 479001600.0;
    c = c * r2 - 1.0 / 3628800.0;
    c = c * r2 + 1.0 / 40320.0;
    c = c * r2 - 1.0 / 720.0;
    c = c * r2 + 1.0 / 24.0;
    c = c * r2 * r2 - T(0.5) * r2 + T(1);
  }
  // n mod 4 turns (s, c): 1: (c, -s), 2: (-s, -c), 3: (-c, s).
  Vec<T> quarter = n - T(4) * floor_small<T>(n * T(0.25));
  auto odd = (quarter == T(1)) | (quarter == T(3));
  auto flip_s = quarter >= T(2);
  auto flip_c = (quarter == T(1)) | (quarter == T(2));
  Vec<T> sin_v = odd ? c : s, cos_v = odd ? s : c;
  sin_v = flip_s ? -sin_v : sin_v;
  cos_v = flip_c ? -cos_v : cos_v;
  for (int l = 0; l < lanes<T>; ++l)
    if (v[l] > limit || v[l] < -limit) {
      sin_v[l] = T(__builtin_sin(double(v[l])));
      cos_v[l] = T(__builtin_cos(double(v[l])));
    }
  *sine = sin_v, *cosine = cos_v;
}

template <class T>
struct Fourier : Basis {
  static EW_INLINE void domain(const Problem<T>&, int64_t, T* lo, T* hi) {
    *hi = T(3.14159265358979323846), *lo = -*hi;
  }

  static EW_INLINE void values(const Problem<T>& p, int64_t, Vec<T> z, T* out, int64_t stride) {
    const int num = int(p.nb / 2);
    if (p.nb % 2) store<T>(out + 2 * num * stride, Vec<T>{});  // no harmonic has half a pair
    Vec<T> s1, c1;
    sine_cosine<T>(z, &s1, &c1);
    Vec<T> s = s1, c = c1;
    for (int k = 0; k < num; ++k) {
      store<T>(out + k * stride, c);
      store<T>(out + (num + k) * stride, s);
      Vec<T> next = c * c1 - s * s1;
      s = s * c1 + c * s1, c = next;
    }
  }

  static EW_INLINE void slopes(const Problem<T>& p, int64_t, Vec<T>, const T* phi, T* out,
                               int64_t stride) {
    const int num = int(p.nb / 2);
    if (p.nb % 2) store<T>(out + 2 * num * stride, Vec<T>{});
    for (int k = 0; k < num; ++k) {
      store<T>(out + k * stride, T(-(k + 1)) * load<T>(phi + (num + k) * stride));
      store<T>(out + (num + k) * stride, T(k + 1) * load<T>(phi + k * stride));
    }
  }

  // The slope of each row of derivatives is the next row.
  template <int Order>
  static EW_INLINE void derivatives(const Problem<T>& p, int64_t i, Vec<T> z, T* out,
                                    int64_t stride, int64_t level) {
    values(p, i, z, out, stride);
    for (int k = 1; k <= Order; ++k, out += level) slopes(p, i, z, out, out + level, stride);
  }
};

}  // namespace EW_NAMESPACE
