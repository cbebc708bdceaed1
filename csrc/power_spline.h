// Quadratic and cubic splines of few cells with linear tails, as powers.
#pragma once
#include "bspline.h"

namespace EW_NAMESPACE {

// With s the distance to the middle of the domain in cells, the functions are 1, s, …, s^Degree and
// (s - κ)₊^Degree for each knot κ within the domain, (κ - s)₊^Degree left of the middle cell. They
// span the same curves as B-splines, are cheaper to evaluate, and the first is a constant.
// `power_matrix` in spline_forms.h turns the coefficients of one into those of the other.
template <class T, int Degree>
struct PowerSpline : BSpline<T, Degree> {
  static constexpr bool constant = true, own_tails = true;

  // Calls f(κ, sign, function) for the knots within the domain, with sign -1 for (κ - s)₊.
  template <class F>
  static EW_INLINE void over_knots(int64_t cells, const F& f) {
    for (int64_t j = 1; j < cells; ++j)
      f(T(j) - T(0.5) * T(cells), j <= (cells - 1) / 2 ? T(-1) : T(1), Degree + j);
  }

  // A function is f(n) + f'(n) (s - n) with n the point of the domain nearest to s.
  static EW_INLINE void values(const Problem<T>& p, int64_t, Vec<T> z, T* out, int64_t stride) {
    const int64_t cells = p.nb - Degree;
    const Vec<T> s = from_middle(p, z), n = nearest(p, s), beyond = s - n;
    store<T>(out, s);
    Vec<T> power = n;
#pragma GCC unroll 8
    for (int e = 2; e <= Degree; ++e, power *= n)
      store<T>(out + (e - 1) * stride, power * (n + T(e) * beyond));
    over_knots(cells, [&](T knot, T sign, int64_t k) {
      const Vec<T> y = at_least<T>(sign * (n - knot), T(0));
      store<T>(out + (k - 1) * stride, (Degree == 2 ? y : y * y) * (y + T(Degree) * sign * beyond));
    });
  }

  static EW_INLINE void slopes(const Problem<T>& p, int64_t, Vec<T> z, const T*, T* out,
                               int64_t stride) {
    const int64_t cells = p.nb - Degree;
    const T inv = T(1) / p.step;
    const Vec<T> s = from_middle(p, z), n = nearest(p, s);
    store<T>(out, (s - s) + inv);  // NaN for a NaN
    Vec<T> power = n;
#pragma GCC unroll 8
    for (int e = 2; e <= Degree; ++e, power *= n) store<T>(out + (e - 1) * stride, T(e) * inv * power);
    over_knots(cells, [&](T knot, T sign, int64_t k) {
      const Vec<T> y = at_least<T>(sign * (n - knot), T(0));
      store<T>(out + (k - 1) * stride, T(Degree) * sign * inv * (Degree == 2 ? y : y * y));
    });
  }

  static EW_INLINE Vec<T> from_middle(const Problem<T>& p, Vec<T> z) {
    return (z - (p.origin + T(0.5) * T(p.nb + Degree) * p.step)) * (T(1) / p.step);
  }
  static EW_INLINE Vec<T> nearest(const Problem<T>& p, Vec<T> s) {
    const T end = T(0.5) * T(p.nb - Degree);
    return clamp<T>(s, -end, end);
  }
};

}  // namespace EW_NAMESPACE
