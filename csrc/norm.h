// Normalisations of the inputs, row by row, and their gradients: see engines/normalization.py.
#pragma once
#include "basis.h"

namespace EW_NAMESPACE {
using edgewise::Norm;

// tanh: Lambert's continued fraction x/(1 + x²/(3 + x²/(5 + …))) to its seventh level near 0, where
// 1 - e^{-2|x|} would lose digits, and exponentials elsewhere.
template <class T>
EW_INLINE Vec<T> hyperbolic_tangent(Vec<T> x) {
  const Vec<T> size = absolute<T>(x), z = at_most<T>(x * x, T(0.36));
  const Vec<T> above = ((z + T(378)) * z + T(17325)) * z + T(135135);
  const Vec<T> below = ((T(28) * z + T(3150)) * z + T(62370)) * z + T(135135);
  const Vec<T> e = exponential<T>(T(-2) * size);
  const Vec<T> far = (T(1) - e) / (T(1) + e), opposite = -far;
  return size < T(0.6) ? x * above / below : x < T(0) ? opposite : far;
}

template <class T>
void normalize_layer(const Norm<T>& n, int64_t r) {
  const T* x = n.x + r * n.in;
  T* z = n.z + r * n.in;
  Vec<T> total{}, square{};
  over_row<T>(n.in, [&](int64_t i, auto read, auto) { total += read(x + i); });
  const T mean = sum<T>(total) / T(n.in);
  over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
    write(z + i, read(x + i) - mean);
    const Vec<T> centred = read(z + i);
    square += centred * centred;
  });
  const T scale = T(1) / T(__builtin_sqrt(double(sum<T>(square) / T(n.in) + T(1e-5))));
  n.mean[r] = mean, n.scale[r] = scale;
  over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
    write(z + i, read(z + i) * scale * read(n.weight + i) + read(n.bias + i));
  });
}

// z = n(x) of rows [r0, r1).
template <class T>
void normalize(const Norm<T>& n, int64_t r0, int64_t r1) {
  for (int64_t r = r0; r < r1; ++r) {
    const T* x = n.x + r * n.in;
    T* z = n.z + r * n.in;
    if (n.kind == edgewise::norm_layer)
      normalize_layer(n, r);
    else if (n.kind == edgewise::norm_affine)
      over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
        write(z + i, read(x + i) * read(n.weight + i) + read(n.bias + i));
      });
    else
      over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
        write(z + i, hyperbolic_tangent<T>(read(x + i)));
      });
  }
}

// Of one row, with u = (x - mean) · scale and g = dz · weight: dx += scale (g - mean g - u mean(g u)).
template <class T>
EW_INLINE void layer_inputs(const Norm<T>& n, int64_t r) {
  const T *x = n.x + r * n.in, *dz = n.dz + r * n.in, mean = n.mean[r], scale = n.scale[r];
  T* dx = n.dx + r * n.in;
  Vec<T> first{}, second{};
  over_row<T>(n.in, [&](int64_t i, auto read, auto) {
    const Vec<T> g = read(dz + i) * read(n.weight + i);
    first += g, second += g * ((read(x + i) - mean) * scale);
  });
  const T by_one = sum<T>(first) / T(n.in), by_u = sum<T>(second) / T(n.in);
  over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
    const Vec<T> u = (read(x + i) - mean) * scale, g = read(dz + i) * read(n.weight + i);
    write(dx + i, read(dx + i) + scale * (g - by_one - u * by_u));
  });
}

// Adds to dx what dz of rows [r0, r1) becomes, and to dweight and dbias.
template <class T>
void normalize_backward(const Norm<T>& n, int64_t r0, int64_t r1, T* dweight, T* dbias) {
  for (int64_t r = r0; r < r1; ++r) {
    const T *x = n.x + r * n.in, *z = n.z + r * n.in, *dz = n.dz + r * n.in;
    T* dx = n.dx ? n.dx + r * n.in : nullptr;
    if (n.kind == edgewise::norm_tanh) {
      over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
        const Vec<T> t = read(z + i);
        write(dx + i, read(dx + i) + read(dz + i) * (T(1) - t * t));
      });
      continue;
    }
    const bool layer = n.kind == edgewise::norm_layer;
    const T mean = layer ? n.mean[r] : T(0), scale = layer ? n.scale[r] : T(1);
    over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
      const Vec<T> g = read(dz + i);
      write(dweight + i, read(dweight + i) + g * ((read(x + i) - mean) * scale));
      write(dbias + i, read(dbias + i) + g);
    });
    if (dx && layer) layer_inputs(n, r);
    if (dx && !layer)
      over_row<T>(n.in, [&](int64_t i, auto read, auto write) {
        write(dx + i, read(dx + i) + read(dz + i) * read(n.weight + i));
      });
  }
}

}  // namespace EW_NAMESPACE
