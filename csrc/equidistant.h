// Whether points are equidistant: what `equidistant` of edgewise/bases/points.py answers for the rows of
// a tensor, in the same operations. The tolerance is Python's, which hands it over when it loads the
// extension; without one no points are equidistant, and the formulas for all points are taken.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace edgewise {
namespace {

struct Tolerance {
  double roundings = -1;                    // of the greatest absolute value
  double single_step = -1, double_step = -1;  // fractions of a step, in float32 and in float64
};
Tolerance tolerance;

template <class T>
bool equidistant(const T* points, int64_t count) {
  if (count < 2) return true;
  const double first = points[0], last = points[count - 1], step = (last - first) / (count - 1);
  const double epsilon = std::numeric_limits<T>::epsilon();
  const double fraction = sizeof(T) == 4 ? tolerance.single_step : tolerance.double_step;
  const double slack =
      std::min(tolerance.roundings * epsilon * std::max(std::fabs(first), std::fabs(last)),
               fraction * step);
  if (!(step > 0)) return false;
  for (int64_t k = 1; k < count; ++k)
    if (!(std::fabs(points[k] - (first + step * double(k))) <= slack)) return false;
  return true;
}

}  // namespace
}  // namespace edgewise
