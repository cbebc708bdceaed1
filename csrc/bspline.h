// B-splines: degree + 1 of them are non-zero at a point, B_start … B_{start + degree}.
#pragma once
#include "basis.h"

namespace EW_NAMESPACE {

template <class T, int Degree>
struct BSpline : Basis {
  static constexpr bool local = true;
  static constexpr int order = Degree + 1;

  // Values (and slopes, if wanted) of the functions start … start + degree for one vector of
  // inputs, with start = cell - degree and cell from -1 (below all knots) to `cells` (above them).
  // Functions before the first and behind the last don't exist: their values are 0, and what a
  // kernel multiplies with them doesn't matter.
  static EW_INLINE void evaluate(const Problem<T>& p, int64_t i, Vec<T> z, T* value, T* slope,
                                 int64_t stride, int32_t* start) {
    if (p.pieces) return from_pieces(p, i, z, value, slope, stride, start);
    const T inv = T(1) / p.step;
    // One cell more on the left, so that truncation is the floor.
    Vec<T> u = clamp<T>((z - p.origin) * inv + T(1), T(0), T(p.cells) + 1);
    Int<T> whole = __builtin_convertvector(u, Int<T>);
    whole = whole > 0 ? whole : Int<T>{};  // whatever a NaN was converted to
    Vec<T> t = u - __builtin_convertvector(whole, Vec<T>);
    Int<T> first = whole - (Degree + 1);
    store_narrow<T>(start, first);
    Vec<T> v[order], d[order], nan = z - z;
    cardinal(t, v, d);
    typedef typename Vector<T>::natural Natural;
    const Natural count = (Natural)(Int<T>{} + int(p.nb));
#pragma GCC unroll 8
    for (int m = 0; m < order; ++m) {
      auto exists = (Natural)(first + m) < count;
      v[m] = exists ? v[m] : Vec<T>{};
      store<T>(value + m * stride, m ? v[m] : v[m] + nan);
      if (!slope) continue;
      d[m] = exists ? d[m] * inv : Vec<T>{};
      store<T>(slope + m * stride, m ? d[m] : d[m] + nan);
    }
  }

  // All functions of an input, those that vanish, too, and their derivatives.
  template <int Order>
  static EW_INLINE void derivatives(const Problem<T>& p, int64_t i, Vec<T> z, T* out,
                                    int64_t stride, int64_t level) {
    const Vec<T> nothing = z - z;  // NaN for a NaN
    for (int k = 0; k <= Order; ++k)
      for (int64_t g = 0; g < p.nb; ++g) store<T>(out + k * level + g * stride, nothing);
    Vec<T> found[Order + 1][order];
    int32_t start[lanes<T>];
    if (p.pieces) {
      differentiate_pieces<Order>(p, i, z, found, start);
    } else {
      const T inv = T(1) / p.step;
      // One cell more on the left, so that truncation is the floor.
      const Vec<T> u = clamp<T>((z - p.origin) * inv + T(1), T(0), T(p.cells) + 1);
      Int<T> whole = __builtin_convertvector(u, Int<T>);
      whole = whole > 0 ? whole : Int<T>{};  // whatever a NaN was converted to
      store_narrow<T>(start, whole - (Degree + 1));
      differentiate_cardinal<Order>(u - __builtin_convertvector(whole, Vec<T>), inv, found);
    }
    for (int l = 0; l < lanes<T>; ++l) {
      if (!(z[l] == z[l])) continue;
      const int first = start[l] < 0 ? -start[l] : 0;
      const int64_t left = p.nb - start[l], last = left < order ? left : order;
      for (int k = 0; k <= Order; ++k)
        for (int64_t m = first; m < last; ++m)
          out[k * level + (start[l] + m) * stride + l] = found[k][m][l];
    }
  }

  // The recursion of `cardinal`, and differences of splines of lower degree.
  template <int Order>
  static EW_INLINE void differentiate_cardinal(Vec<T> t, T inv, Vec<T> (*found)[order]) {
    Vec<T> v[order];
    v[0] = splat<T>(1);
#pragma GCC unroll 8
    for (int n = 0; n <= Degree; ++n) {
      Vec<T> before = Vec<T>{};
#pragma GCC unroll 8
      for (int m = 0; m < n; ++m) {
        const Vec<T> now = v[m] * (T(1) / T(n));
        v[m] = (T(m + 1) - t) * now + before;
        before = (t + T(n - 1 - m)) * now;
      }
      if (n) v[n] = before;
      const int times = Degree - n;
      if (times > Order) continue;
      Vec<T> d[order];
#pragma GCC unroll 8
      for (int m = 0; m <= n; ++m) d[m] = v[m];
      T factor = 1;
#pragma GCC unroll 8
      for (int k = n + 1; k <= Degree; ++k, factor *= inv)
#pragma GCC unroll 8
        for (int m = k; m >= 0; --m)
          d[m] = (m ? d[m ? m - 1 : 0] : Vec<T>{}) - (m < k ? d[m] : Vec<T>{});
#pragma GCC unroll 8
      for (int m = 0; m < order; ++m) found[times <= Order ? times : 0][m] = d[m] * factor;
    }
    for (int k = Degree + 1; k <= Order; ++k)
      for (int m = 0; m < order; ++m) found[k][m] = Vec<T>{};
  }

  // A cell doesn't hold its right end, where a spline of degree 1 has the next cell's slope. Its
  // domain ends within the last cell, on whose line its tail is. Others have one slope at the end.
  static EW_INLINE void domain(const Problem<T>& p, int64_t i, T* lo, T* hi) {
    const T* knots = p.centers + i * (p.cells + 1);
    const T first = p.pieces ? knots[Degree] : p.origin + T(Degree) * p.step;
    const T last = p.pieces ? knots[p.cells - Degree] : p.origin + T(p.cells - Degree) * p.step;
    const T width = p.pieces ? last - knots[p.cells - Degree - 1] : p.step;
    *lo = first, *hi = last - (Degree > 1 ? T(0) : T(0.25) * width);
  }

  // The pieces of the cardinal B-spline at t in [0, 1), and their derivatives.
  static EW_INLINE void cardinal(Vec<T> t, Vec<T>* v, Vec<T>* d) {
    if constexpr (Degree == 3) {
      Vec<T> s = T(1) - t, t2 = t * t, s2 = s * s, t3 = t2 * t, s3 = s2 * s;
      v[0] = s3 * T(1. / 6), v[1] = (T(2. / 3) - t2) + T(0.5) * t3;
      v[2] = (T(2. / 3) - s2) + T(0.5) * s3, v[3] = t3 * T(1. / 6);
      d[0] = T(-0.5) * s2, d[1] = T(1.5) * t2 - T(2) * t;
      d[2] = T(2) * s - T(1.5) * s2, d[3] = T(0.5) * t2;
      return;
    }
    // N_{m,n} = ((t + n - m) N_{m-1,n-1} + (m + 1 - t) N_{m,n-1}) / n on unit cells, which keeps
    // the order of a cell's functions; the derivative is the last step's difference.
    v[0] = t == t ? splat<T>(1) : t;
#pragma GCC unroll 8
    for (int n = 1; n <= Degree; ++n) {
      if (n == Degree)
#pragma GCC unroll 8
        for (int m = 0; m <= n; ++m)
          d[m] = (m ? v[m - 1] : Vec<T>{}) - (m < n ? v[m] : Vec<T>{});
      Vec<T> before = Vec<T>{};
#pragma GCC unroll 8
      for (int m = 0; m < n; ++m) {
        Vec<T> now = v[m] * (T(1) / T(n));
        v[m] = (T(m + 1) - t) * now + before;
        before = (t + T(n - 1 - m)) * now;
      }
      v[n] = before;
    }
  }

  // Knots of its own for every input: polynomials of t = z - t_cell from a table.
  static EW_INLINE void from_pieces(const Problem<T>& p, int64_t i, Vec<T> z, T* value, T* slope,
                                    int64_t stride, int32_t* start) {
    const T* knots = p.centers + i * (p.cells + 1);
    Vec<T> below = Vec<T>{};
    for (int64_t k = 0; k <= p.cells; ++k) below += z >= knots[k] ? splat<T>(1) : Vec<T>{};
    for (int l = 0; l < lanes<T>; ++l) {
      const int cell = int(below[l]) - 1;
      const bool inside = cell >= 0 && cell < int(p.cells);
      const T t = inside ? z[l] - knots[cell] : z[l] - z[l];  // outside: 0, or NaN for a NaN
      start[l] = inside ? cell - Degree : 0;
      const T* a = p.pieces + (i * p.cells + (inside ? cell : 0)) * order * order;
      for (int m = 0; m < order; ++m, a += order) {
        T v = a[Degree], d = T(Degree) * a[Degree];
        for (int e = Degree - 1; e >= 0; --e) v = v * t + a[e];
        for (int e = Degree - 1; e >= 1; --e) d = d * t + T(e) * a[e];
        value[m * stride + l] = inside ? v : t;
        if (slope) slope[m * stride + l] = inside ? d : t;
      }
    }
  }

  template <int Order>
  static EW_INLINE void differentiate_pieces(const Problem<T>& p, int64_t i, Vec<T> z,
                                             Vec<T> (*found)[order], int32_t* start) {
    const T* knots = p.centers + i * (p.cells + 1);
    Vec<T> below = Vec<T>{};
    for (int64_t k = 0; k <= p.cells; ++k) below += z >= knots[k] ? splat<T>(1) : Vec<T>{};
    for (int l = 0; l < lanes<T>; ++l) {
      const int cell = int(below[l]) - 1;
      const bool inside = cell >= 0 && cell < int(p.cells);
      const T t = inside ? z[l] - knots[cell] : T(0);
      start[l] = inside ? cell - Degree : int(p.nb);  // there are no functions from there on
      const T* a = p.pieces + (i * p.cells + (inside ? cell : 0)) * order * order;
      for (int m = 0; m < order; ++m, a += order)
        for (int k = 0; k <= Order; ++k) {
          T total = 0;
          for (int e = Degree; e >= k; --e) {
            T factor = a[e];
            for (int f = 0; f < k; ++f) factor *= T(e - f);
            total = total * t + factor;
          }
          found[k][m][l] = total;
        }
    }
  }
};

}  // namespace EW_NAMESPACE
