// T_{n+1} = 2 z T_n - T_{n-1},  T'_n = n U_{n-1},  U_{n+1} = 2 z U_n - U_{n-1}
#pragma once
#include "basis.h"

namespace EW_NAMESPACE {

template <class T>
struct Chebyshev : Basis {
  static constexpr bool constant = true, line = true;

  static EW_INLINE void domain(const Problem<T>&, int64_t, T* lo, T* hi) { *lo = T(-1), *hi = T(1); }

  static EW_INLINE void values(const Problem<T>& p, int64_t, Vec<T> z, T* out, int64_t stride) {
    Vec<T> before = splat<T>(1), now = z;
    for (int n = 1; n < p.nb; ++n, out += stride) {
      store<T>(out, now);
      Vec<T> next = T(2) * z * now - before;
      before = now, now = next;
    }
  }

  static EW_INLINE void slopes(const Problem<T>& p, int64_t, Vec<T> z, const T*, T* out,
                               int64_t stride) {
    Vec<T> before = Vec<T>{}, now = splat<T>(1);  // U_{-1}, U_0
    for (int n = 1; n < p.nb; ++n, out += stride) {
      store<T>(out, now * T(n));
      Vec<T> next = T(2) * z * now - before;
      before = now, now = next;
    }
  }

  template <int Order>
  static EW_INLINE void derivatives(const Problem<T>& p, int64_t, Vec<T> z, T* out, int64_t stride,
                                    int64_t level) {
    three_terms<T, Order>(p.nb, z, out, stride, level,
                          [](int n, T* a, T* c) { *a = T(n ? 2 : 1), *c = T(n ? 1 : 0); });
  }
};

}  // namespace EW_NAMESPACE
