// φ_g(z) = exp(-((z - c_g)/w_g)²)
#pragma once
#include "basis.h"

namespace EW_NAMESPACE {

template <class T>
struct Gaussian : Centers<T> {
  static constexpr bool has_grid = true;
  using Centers<T>::offset;
  using Centers<T>::width;

  // e^{-ρ²} and e^{-2ρ²}: see recurrence().
  static void ratios(T step, T width, T* first, T* second) {
    const double rho = double(step) / double(width);
    *first = T(__builtin_exp(-rho * rho)), *second = T(__builtin_exp(-2 * rho * rho));
  }

  static EW_INLINE Vec<T> scaled(const Problem<T>& p, int64_t i, int g, Vec<T> z) {
    return clamp<T>(offset(p, i, g, z) / width(p, i, g), T(-30), T(30));
  }

  static EW_INLINE void values(const Problem<T>& p, int64_t i, Vec<T> z, T* out, int64_t stride) {
    if (p.uniform) return recurrence(p, z, out, stride);
    for (int g = 0; g < p.nb; ++g) {
      Vec<T> u = scaled(p, i, g, z);
      store<T>(out + g * stride, exponential<T>(-(u * u)));
    }
  }

  // Neighbours in a uniform grid differ by a factor: with a = (z - c_m)/w and ρ = step/w,
  // φ_{m±j} = φ_{m±(j-1)} · e^{±2aρ} · e^{-(2j-1)ρ²}. Two exponentials make a block of centres; it
  // ends where e^{-a²} could underflow while its outermost function doesn't: jρ ≤ 4.5.
  static EW_INLINE void recurrence(const Problem<T>& p, Vec<T> z, T* out, int64_t stride) {
    const int nb = int(p.nb);
    const T rho = p.step / p.width;
    const int reach = rho * T(nb) <= T(4.5) ? nb : int(T(4.5) / rho);
    if (2 * reach + 1 >= nb)
      return with_count(nb, [&](auto count) { block<count.value>(p, z, 0, nb, out, stride); });
    for (int g0 = 0; g0 < nb; g0 += 2 * reach + 1)
      block<0>(p, z, g0, g0 + 2 * reach + 1 < nb ? g0 + 2 * reach + 1 : nb, out, stride);
  }

  // Functions g0 … g1, or N from g0.
  template <int N>
  static EW_INLINE void block(const Problem<T>& p, Vec<T> z, int g0, int g1, T* out,
                              int64_t stride) {
    const T rho = p.step / p.width, inv = T(1) / p.width;
    const T first = p.ratio, shrink = p.ratio_step;
    if (N) g1 = g0 + N;
    const int m = (g0 + g1) / 2;
    Vec<T> a = clamp<T>((z - (p.origin + T(m) * p.step)) * inv, T(-30), T(30));
    Vec<T> peak = exponential<T>(-(a * a));
    // Beyond this |a|, e^{-a²} underflows.
    constexpr T far = sizeof(T) == 4 ? T(9.4) : T(26);
    Vec<T> up = exponential_within(clamp<T>(a, -far, far) * (2 * rho));
    Vec<T> down = reciprocal<T>(up);
    store<T>(out + m * stride, peak);
    Vec<T> phi = peak, factor = up * first;
#pragma GCC unroll 8
    for (int g = m + 1; g < g1; ++g, factor = factor * shrink)
      store<T>(out + g * stride, phi = phi * factor);
    phi = peak, factor = down * first;
#pragma GCC unroll 8
    for (int g = m - 1; g >= g0; --g, factor = factor * shrink)
      store<T>(out + g * stride, phi = phi * factor);
  }

  // ∂φ/∂z = -2u/w · φ, with u = (z - c)/w
  static EW_INLINE void slopes(const Problem<T>& p, int64_t i, Vec<T> z, const T* phi, T* out,
                               int64_t stride) {
    if (p.uniform) {
      const T scale = T(-2) / (p.width * p.width);
      // What is left of φ is 0 before a clamped offset could matter.
      const Vec<T> d = clamp<T>(z - p.origin, T(-1e18), T(1e18)) * scale;
      const T step = p.step * scale;
      return with_count(p.nb, [&](auto count) {
        const int nb = count.value ? count.value : int(p.nb);
#pragma GCC unroll 8
        for (int g = 0; g < nb; ++g)
          store<T>(out + g * stride, (d - T(g) * step) * load<T>(phi + g * stride));
      });
    }
    for (int g = 0; g < p.nb; ++g)
      store<T>(out + g * stride, T(-2) * scaled(p, i, g, z) * load<T>(phi + g * stride) /
                                     width(p, i, g));
  }

  // φ^(k+1) = -2/w (u φ^(k) + k/w φ^(k-1)), as of Hermite polynomials
  template <int Order>
  static EW_INLINE void derivatives(const Problem<T>& p, int64_t i, Vec<T> z, T* out,
                                    int64_t stride, int64_t level) {
    values(p, i, z, out, stride);
    for (int g = 0; g < p.nb; ++g) {
      const Vec<T> u = scaled(p, i, g, z);
      const T inv = T(1) / width(p, i, g);
      Vec<T> before = Vec<T>{}, now = load<T>(out + g * stride);
#pragma GCC unroll 8
      for (int k = 0; k < Order; ++k) {
        const Vec<T> next = (T(-2) * inv) * (u * now + (T(k) * inv) * before);
        store<T>(out + (k + 1) * level + g * stride, next);
        before = now, now = next;
      }
    }
  }

  // ∂φ/∂c = 2u/w · φ and ∂φ/∂w = 2u²/w · φ
  static EW_INLINE void grid_slopes(const Problem<T>& p, int64_t i, int g, Vec<T> z, Vec<T> phi,
                                    Vec<T>* center, Vec<T>* scale) {
    Vec<T> u = scaled(p, i, g, z);
    *center = T(2) * u * phi / width(p, i, g);
    *scale = *center * u;
  }
};

}  // namespace EW_NAMESPACE
