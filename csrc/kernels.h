// The table of kernels of one instruction set.
#pragma once
#include "backward.h"
#include "forward.h"
#include "jets.h"
#include "norm.h"

namespace EW_NAMESPACE {
using edgewise::Kernels;

template <class T, class L>
void ratios(T step, T width, T* ratio, T* ratio_step) {
  if constexpr (L::basis::has_grid) L::basis::ratios(step, width, ratio, ratio_step);
}

template <class T, class L>
const Kernels<T>* kernels_of() {
  static constexpr Kernels<T> found = {forward<T, L>, backward<T, L>, forward_scratch<T, L>,
                                       backward_scratch<T, L>, ratios<T, L>, normalize<T>,
                                       normalize_backward<T>, lanes<T>, L::basis::line, derive<T, L>,
                                       jets_forward<T>, jets_by_weights<T>, jets_backward<T>,
                                       jets_scratch<T>, jet_rows<T>};
  return &found;
}

template <class T, template <class, int> class B>
const Kernels<T>* by_degree(int degree, bool few) {
  if (few) switch (degree) {
    case 2: return kernels_of<T, Few<T, 2>>();
    case 3: return kernels_of<T, Few<T, 3>>();
    default: return nullptr;
  }
  switch (degree) {
    case 1: return kernels_of<T, Local<T, B, 1>>();
    case 2: return kernels_of<T, Local<T, B, 2>>();
    case 3: return kernels_of<T, Local<T, B, 3>>();
    case 4: return kernels_of<T, Local<T, B, 4>>();
    case 5: return kernels_of<T, Local<T, B, 5>>();
    default: return nullptr;
  }
}

// The degree is that of bases on knots, and so is whether all their functions are multiplied.
template <class T>
const Kernels<T>* find(int id, int degree, bool few) {
#define EW_FIND_none(TYPE) kernels_of<T, Dense<T, TYPE>>()
#define EW_FIND_centres(TYPE) kernels_of<T, Dense<T, TYPE>>()
#define EW_FIND_knots(TYPE) by_degree<T, TYPE>(degree, few)
#define EW_CASE(NAME, TYPE, GRID) \
  case edgewise::id_##NAME: return EW_FIND_##GRID(TYPE);
  switch (id) {
    EW_BASES(EW_CASE)
    default: return nullptr;
  }
#undef EW_CASE
#undef EW_FIND_none
#undef EW_FIND_centres
#undef EW_FIND_knots
}

}  // namespace EW_NAMESPACE
