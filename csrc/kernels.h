// The table of kernels of one instruction set.
#pragma once
#include "backward.h"
#include "forward.h"

namespace EW_NAMESPACE {
using edgewise::Kernels;

template <class T, class L>
constexpr Kernels<T> kernels_of() {
  return {forward<T, L>, backward<T, L>, forward_scratch<T, L>, backward_scratch<T, L>, lanes<T>};
}

template <class T>
const Kernels<T>* find(int id, int degree) {
#define EW_CASE(NUMBER, NAME)                                            \
  if (id == NUMBER) {                                                    \
    static constexpr Kernels<T> found = kernels_of<T, Dense<T, NAME>>(); \
    return &found;                                                       \
  }
  EW_DENSE_BASES(EW_CASE)
#undef EW_CASE
#define EW_CASE(DEGREE)                                                    \
  if (id == edgewise::id_bspline && degree == DEGREE) {                    \
    static constexpr Kernels<T> found = kernels_of<T, Local<T, DEGREE>>(); \
    return &found;                                                         \
  }
  EW_SPLINE_DEGREES(EW_CASE)
#undef EW_CASE
  return nullptr;
}

}  // namespace EW_NAMESPACE
