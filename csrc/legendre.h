// (n+1) P_{n+1} = (2n+1) z P_n - n P_{n-1},  P'_{n+1} = (2n+1) P_n + P'_{n-1}
#pragma once
#include "basis.h"

namespace EW_NAMESPACE {

template <class T>
struct Legendre : Basis {
  static constexpr bool constant = true, line = true;

  static EW_INLINE void domain(const Problem<T>&, int64_t, T* lo, T* hi) { *lo = T(-1), *hi = T(1); }

  static EW_INLINE void values(const Problem<T>& p, int64_t, Vec<T> z, T* out, int64_t stride) {
    Vec<T> before = splat<T>(1), now = z;
    for (int n = 1; n < p.nb; ++n, out += stride) {
      store<T>(out, now);
      Vec<T> next = (z * now * T(2 * n + 1) - before * T(n)) * (T(1) / T(n + 1));
      before = now, now = next;
    }
  }

  static EW_INLINE void slopes(const Problem<T>& p, int64_t, Vec<T>, const T* phi, T* out,
                               int64_t stride) {
    Vec<T> before = Vec<T>{}, now = splat<T>(1);
    for (int n = 1; n < p.nb; ++n, out += stride, phi += stride) {
      store<T>(out, now);
      Vec<T> next = T(2 * n + 1) * load<T>(phi) + before;
      before = now, now = next;
    }
  }

  template <int Order>
  static EW_INLINE void derivatives(const Problem<T>& p, int64_t, Vec<T> z, T* out, int64_t stride,
                                    int64_t level) {
    three_terms<T, Order>(p.nb, z, out, stride, level, [](int n, T* a, T* c) {
      *a = T(2 * n + 1) / T(n + 1), *c = T(n) / T(n + 1);
    });
  }
};

}  // namespace EW_NAMESPACE
