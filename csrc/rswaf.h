// φ_g(z) = 1 - tanh(a)² = sech²(a) = 4/(e^{2a} + 2 + e^{-2a}), with a = (z - c_g)·d_g
#pragma once
#include "basis.h"

namespace EW_NAMESPACE {

template <class T>
struct RSWAF : Centers<T> {
  static constexpr bool has_grid = true;
  using Centers<T>::offset;
  using Centers<T>::width;

  // e^{-2 d step}: see first_power().
  static void ratios(T step, T width, T* first, T*) {
    *first = T(__builtin_exp(-2 * double(step) * double(width)));
  }

  static EW_INLINE Vec<T> scaled(const Problem<T>& p, int64_t i, int g, Vec<T> z) {
    return clamp<T>(offset(p, i, g, z) * width(p, i, g), T(-40), T(40));
  }
  static EW_INLINE Vec<T> sech2(Vec<T> e) {  // e = exp(-2|a|) ≤ 1: no overflow, no cancellation
    Vec<T> r = reciprocal<T>(T(1) + e);
    return T(4) * e * r * r;
  }
  static EW_INLINE Vec<T> tanh_of(Vec<T> a) {
    Vec<T> e = exponential<T>(T(-2) * absolute<T>(a));
    Vec<T> t = (T(1) - e) * reciprocal<T>(T(1) + e), opposite = -t;
    return a < T(0) ? opposite : t;
  }

  // In a uniform grid e = e^{2a} of neighbours differs by a constant factor, and φ = 4e/(1 + e)². For
  // the first function; false where e could overflow on the way across the grid.
  static EW_INLINE bool first_power(const Problem<T>& p, Vec<T> z, Vec<T>* e, Vec<T>* inside) {
    // Half the grid's span in a, and as far beyond its ends as anything is left: e^{-40}.
    const T half = p.uniform ? p.width * p.step * T(p.nb - 1) / 2 : T(100), far = half + 20;
    if (half > T(11)) return false;
    Vec<T> a = (z - (p.origin + p.step * T(p.nb - 1) / 2)) * p.width;
    *inside = absolute<T>(a) > far ? Vec<T>{} : splat<T>(1);
    *e = exponential_within(T(2) * clamp<T>(a, -far, far) + 2 * half);
    return true;
  }

  static EW_INLINE void values(const Problem<T>& p, int64_t i, Vec<T> z, T* out, int64_t stride) {
    Vec<T> e, inside;
    if (!first_power(p, z, &e, &inside)) {
      for (int g = 0; g < p.nb; ++g)
        store<T>(out + g * stride,
                 sech2(exponential<T>(T(-2) * absolute<T>(scaled(p, i, g, z)))));
      return;
    }
    const T q = p.ratio;  // e^{-2 d step}
    const Vec<T> four = T(4) * inside;
    with_count(p.nb, [&](auto count) {
      const int nb = count.value ? count.value : int(p.nb);
#pragma GCC unroll 8
      for (int g = 0; g < nb; ++g, e = e * q) {
        Vec<T> r = reciprocal<T>(T(1) + e);
        store<T>(out + g * stride, (e * r) * (four * r));
      }
    });
  }

  // ∂φ/∂z = -2 d tanh(a) φ, with tanh(a) = (e - 1)/(e + 1)
  static EW_INLINE void slopes(const Problem<T>& p, int64_t i, Vec<T> z, const T* phi, T* out,
                               int64_t stride) {
    Vec<T> e, inside;
    if (!first_power(p, z, &e, &inside)) {
      for (int g = 0; g < p.nb; ++g)
        store<T>(out + g * stride, T(-2) * width(p, i, g) * tanh_of(scaled(p, i, g, z)) *
                                       load<T>(phi + g * stride));
      return;
    }
    const T q = p.ratio, scale = T(-2) * p.width;
    with_count(p.nb, [&](auto count) {
      const int nb = count.value ? count.value : int(p.nb);
#pragma GCC unroll 8
      for (int g = 0; g < nb; ++g, e = e * q)
        store<T>(out + g * stride, (e - T(1)) * reciprocal<T>(T(1) + e) *
                                       (scale * load<T>(phi + g * stride)));
    });
  }

  // With t = tanh(a): t' = φ and φ' = -2 t φ by a, whose products Leibniz' rule differentiates.
  template <int Order>
  static EW_INLINE void derivatives(const Problem<T>& p, int64_t i, Vec<T> z, T* out,
                                    int64_t stride, int64_t level) {
    values(p, i, z, out, stride);
    for (int g = 0; g < p.nb; ++g) {
      Vec<T> t[Order + 1], s[Order + 1];
      t[0] = tanh_of(scaled(p, i, g, z)), s[0] = load<T>(out + g * stride);
      const T d = width(p, i, g);
      T power = 1;
#pragma GCC unroll 8
      for (int k = 0; k < Order; ++k) {
        Vec<T> total = Vec<T>{};
#pragma GCC unroll 8
        for (int j = 0; j <= k; ++j) total += T(choose(k, j)) * t[j] * s[k - j];
        t[k + 1] = s[k], s[k + 1] = T(-2) * total;
        store<T>(out + (k + 1) * level + g * stride, (power *= d) * s[k + 1]);
      }
    }
  }

  // ∂φ/∂c = 2 d tanh(a) φ and ∂φ/∂d = -2 (z - c) tanh(a) φ
  static EW_INLINE void grid_slopes(const Problem<T>& p, int64_t i, int g, Vec<T> z, Vec<T> phi,
                                    Vec<T>* center, Vec<T>* scale) {
    Vec<T> t = T(2) * tanh_of(scaled(p, i, g, z)) * phi;
    *center = t * width(p, i, g);
    *scale = -quiet_product<T>(t, offset(p, i, g, z));
  }
};

}  // namespace EW_NAMESPACE
