// The kernels for avx2.
#if defined(__x86_64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif
#define EW_VECTOR_BYTES 32
#define EW_NAMESPACE edgewise_avx2
#include "kernels.h"

namespace edgewise {
const Kernels<float>* find_avx2(float, int id, int degree, bool few) {
  return EW_NAMESPACE::find<float>(id, degree, few);
}
const Kernels<double>* find_avx2(double, int id, int degree, bool few) {
  return EW_NAMESPACE::find<double>(id, degree, few);
}
}  // namespace edgewise
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
