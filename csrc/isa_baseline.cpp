// The kernels for any machine (NEON on ARM).
#define EW_VECTOR_BYTES 16
#define EW_NAMESPACE edgewise_baseline
#include "kernels.h"

namespace edgewise {
const Kernels<float>* find_baseline(float, int id, int degree, bool few) {
  return EW_NAMESPACE::find<float>(id, degree, few);
}
const Kernels<double>* find_baseline(double, int id, int degree, bool few) {
  return EW_NAMESPACE::find<double>(id, degree, few);
}
}  // namespace edgewise
