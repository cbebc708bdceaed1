// What the headers of the bases share.
#pragma once
#include "problem.h"
#include "simd.h"

namespace EW_NAMESPACE {

using edgewise::Problem;

// a·b, and 0 where a is 0 though b may be infinite: the tail of a function that has died out.
template <class T>
EW_INLINE Vec<T> quiet_product(Vec<T> a, Vec<T> b) {
  return a == T(0) ? a : a * b;
}

// Calls f(Count<N>{}) with the number of functions where it is a usual one, so that loops over them
// unroll, and with N = 0 otherwise.
template <int N>
struct Count {
  static constexpr int value = N;
};
template <class F>
EW_INLINE void with_count(int64_t nb, const F& f) {
  nb == 8 ? f(Count<8>{}) : nb == 4 ? f(Count<4>{}) : f(Count<0>{});
}

// k over j.
constexpr int choose(int k, int j) {
  return j == 0 ? 1 : choose(k - 1, j - 1) * k / j;
}

// P_{n+1} = a_n z P_n - c_n P_{n-1}, from P_0 = 1, and its derivatives up to an order:
// P_{n+1}^(k) = a_n (z P_n^(k) + k P_n^(k-1)) - c_n P_{n-1}^(k). `factors` answers a_n and c_n.
template <class T, int Order, class F>
EW_INLINE void three_terms(int64_t nb, Vec<T> z, T* out, int64_t stride, int64_t level,
                           const F& factors) {
  Vec<T> before[Order + 1] = {}, now[Order + 1] = {};
  now[0] = splat<T>(1);
  for (int n = 0; n < nb; ++n) {
    T a, c;
    factors(n, &a, &c);
#pragma GCC unroll 8
    for (int k = Order; k >= 0; --k) {
      store<T>(out + k * level + n * stride, now[k]);
      Vec<T> next = z * now[k];
      if (k) next += T(k) * now[k ? k - 1 : 0];
      next = a * next - c * before[k];
      before[k] = now[k], now[k] = next;
    }
  }
}

// What bases have unless they say otherwise.
struct Basis {
  static constexpr bool local = false;      // only some functions are non-zero at a point
  static constexpr bool constant = false;   // the first function is 1, and `values` leaves it out
  static constexpr bool line = false;       // the second function is z
  static constexpr bool has_grid = false;   // of centres and widths, with gradients
  static constexpr bool own_tails = false;  // `values` are those of linear tails
};

// The problem as one input sees it.
template <class T>
EW_INLINE Problem<T> of_input(const Problem<T>& p, int64_t i) {
  Problem<T> q = p;
  if (p.own) {
    const T* own = p.own + 5 * i;
    q.origin = own[0], q.step = own[1], q.width = own[2], q.ratio = own[3], q.ratio_step = own[4];
  }
  return q;
}

// The grid tensors of a basis with centres and widths, for one input.
template <class T>
struct Centers : Basis {
  static EW_INLINE Vec<T> offset(const Problem<T>& p, int64_t i, int g, Vec<T> z) {
    return z - (p.uniform ? p.origin + T(g) * p.step : p.centers[i * p.nb + g]);
  }
  static EW_INLINE void domain(const Problem<T>& p, int64_t i, T* lo, T* hi) {
    *lo = p.uniform ? p.origin : p.centers[i * p.nb];
    *hi = p.uniform ? p.origin + T(p.nb - 1) * p.step : p.centers[(i + 1) * p.nb - 1];
  }
  static EW_INLINE T width(const Problem<T>& p, int64_t i, int g) {
    return p.uniform ? p.width : p.widths[i * p.nb + g];
  }
};

}  // namespace EW_NAMESPACE
