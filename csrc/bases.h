// The native bases. A basis is a header with its formulas, and here one line and its #include.
#pragma once
#include <cstdint>

// X(name, template, grid). The name is Python's; the grid is none, centres (with widths: both have
// gradients) or knots (the template then takes a degree, too). This list makes the ids, what
// Python is told, and the tables of kernels.
#define EW_BASES(X)                \
  X(gaussian, Gaussian, centres)   \
  X(rswaf, RSWAF, centres)         \
  X(bspline, BSpline, knots)       \
  X(legendre, Legendre, none)      \
  X(chebyshev, Chebyshev, none)    \
  X(fourier, Fourier, none)

namespace edgewise {

enum class GridKind : int { none, centres, knots };

enum BasisId : int {
#define EW_ID(NAME, TYPE, GRID) id_##NAME,
  EW_BASES(EW_ID)
#undef EW_ID
};

struct BasisInfo {
  const char* name;
  GridKind grid;
};

constexpr BasisInfo bases[] = {
#define EW_INFO(NAME, TYPE, GRID) {#NAME, GridKind::GRID},
    EW_BASES(EW_INFO)
#undef EW_INFO
};

}  // namespace edgewise

#ifdef EW_NAMESPACE
#include "bspline.h"
#include "chebyshev.h"
#include "fourier.h"
#include "gaussian.h"
#include "legendre.h"
#include "power_spline.h"
#include "rswaf.h"
#endif
