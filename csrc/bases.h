// The list: a basis is a header with its formulas and a line in here.
#pragma once
#include "bspline.h"
#include "chebyshev.h"
#include "fourier.h"
#include "gaussian.h"
#include "legendre.h"
#include "rswaf.h"

// EW_BASES(X): X(id in problem.h, type)
#define EW_DENSE_BASES(X)          \
  X(edgewise::id_gaussian, Gaussian)   \
  X(edgewise::id_rswaf, RSWAF)         \
  X(edgewise::id_legendre, Legendre)   \
  X(edgewise::id_chebyshev, Chebyshev) \
  X(edgewise::id_fourier, Fourier)
#define EW_SPLINE_DEGREES(X) X(1) X(2) X(3) X(4) X(5)
