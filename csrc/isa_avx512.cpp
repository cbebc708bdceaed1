// The kernels for avx512.
#if defined(__x86_64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")
#endif
#define EW_AVX512
#define EW_VECTOR_BYTES 64
#define EW_NAMESPACE edgewise_avx512
#include "kernels.h"

namespace edgewise {
const Kernels<float>* find_avx512(float, int id, int degree, bool few) {
  return EW_NAMESPACE::find<float>(id, degree, few);
}
const Kernels<double>* find_avx512(double, int id, int degree, bool few) {
  return EW_NAMESPACE::find<double>(id, degree, few);
}
}  // namespace edgewise
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
