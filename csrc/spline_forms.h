// Other forms of a spline's coefficients: those of a line, and those of powers.
#pragma once
#include <vector>

namespace edgewise {

// ξ with Σ_g ξ_g B_g(z) = z on equidistant knots: the mean of the knots within each function. It
// holds behind the domain's ends, too, where splines have linear tails.
template <class T>
void add_line(T origin, T step, int degree, int64_t nb, std::vector<T>& to) {
  for (int64_t g = 0; g < nb; ++g) to.push_back(origin + step * (T(g) + T(0.5) * T(degree + 1)));
}

// A with B_g = Σ_k A_kg ψ_k on equidistant knots, where ψ are the functions of power_spline.h. With
// u the distance to the domain's begin in cells, B_g is Σ_j (-1)^j (d+1 over j) (u - t)₊^d / d!,
// t = g - d + j; and (u - t)₊^d = (u - t)^d - (-1)^d (t - u)₊^d.
template <class T>
std::vector<T> power_matrix(int degree, int64_t nb) {
  const int64_t cells = nb - degree, left = (cells - 1) / 2;  // knots up to `left` have (t - u)₊
  const double half = 0.5 * double(cells), turn = degree % 2 ? -1 : 1;
  std::vector<double> matrix(size_t(nb * nb), 0.0);
  double height = 1;
  for (int k = 2; k <= degree; ++k) height /= k;
  for (int64_t g = 0; g < nb; ++g) {
    double factor = height;
    for (int64_t j = 0, t = g - degree; j <= degree + 1 && t < cells; ++j, ++t) {
      if (t > left) {
        matrix[size_t((degree + t) * nb + g)] += factor;
      } else {
        double term = factor;  // of s^e in factor · (s + half - t)^degree, from the highest down
        for (int e = degree; e >= 0; --e) {
          matrix[size_t(e * nb + g)] += term;
          term *= (half - double(t)) * e / (degree - e + 1);
        }
        if (t > 0) matrix[size_t((degree + t) * nb + g)] -= turn * factor;
      }
      factor *= -double(degree + 1 - j) / double(j + 1);
    }
  }
  return std::vector<T>(matrix.begin(), matrix.end());
}

}  // namespace edgewise
