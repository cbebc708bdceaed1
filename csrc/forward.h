// Forward: products of basis values with coefficients.
#pragma once
#include "block.h"

namespace EW_NAMESPACE {
// y[R rows, N vectors at column j] += values[R rows, inputs l0 … l1] · coefficients
template <class T, class L, int R, int N>
EW_INLINE void forward_tile(const Block<T, L>& b, int64_t r, int64_t l0, int64_t l1,
                            int64_t j, T* y, int64_t ld) {
  const Problem<T>& p = b.p;
  const int64_t functions = L::functions(p), out = p.out, stride = b.stride;
  const bool has_base = p.has_base_column();
  Vec<T> acc[R][N];
#pragma GCC unroll 8
  for (int q = 0; q < R; ++q)
#pragma GCC unroll 8
    for (int v = 0; v < N; ++v) acc[q][v] = load<T>(y + (r + q) * ld + j + v * lanes<T>);
  for (int64_t l = l0; l < l1; ++l) {
    const T* a = b.values(l) + r;
    const T* c = b.coef[l] + j;
    if constexpr (L::local) {
      const T* row[R];
      const int32_t* start = b.start + l * stride + r;
#pragma GCC unroll 8
      for (int q = 0; q < R; ++q) row[q] = c + int64_t(start[q]) * out;
#pragma GCC unroll 8
      for (int m = 0; m < L::basis::order; ++m, a += stride)
#pragma GCC unroll 8
        for (int q = 0; q < R; ++q) {
          Vec<T> factor = splat<T>(a[q]);
#pragma GCC unroll 8
          for (int v = 0; v < N; ++v) acc[q][v] += factor * load<T>(row[q] + v * lanes<T>);
          row[q] += out;
        }
    } else {
      for (int64_t g = 0; g < functions; ++g, a += stride, c += out) outer_product<T, R, N>(acc, a, c);
    }
    if (has_base) outer_product<T, R, N>(acc, a, b.base[l] + j);
  }
#pragma GCC unroll 8
  for (int q = 0; q < R; ++q)
#pragma GCC unroll 8
    for (int v = 0; v < N; ++v) store<T>(y + (r + q) * ld + j + v * lanes<T>, acc[q][v]);
}

template <class T, class L, int N>
void forward_rows(const Block<T, L>& b, int64_t rows, int64_t l0, int64_t l1, int64_t j,
                  T* y, int64_t ld) {
  constexpr int R = L::local ? local_rows : dense_rows;
  int64_t r = 0;
  for (; r + R <= rows; r += R) forward_tile<T, L, R, N>(b, r, l0, l1, j, y, ld);
  for (; r < rows; r += 2) forward_tile<T, L, 2, N>(b, r, l0, l1, j, y, ld);
}

// A result of whole vectors stands behind the block's scratch, and behind it the sum of constants.
template <class T, class L>
int64_t forward_scratch(const Problem<T>& p) {
  return Block<T, L>::scratch(p, false) + (Block<T, L>::rows_of(p) + 1) * rounded<T>(p.out);
}

template <class T, class L>
void forward(const Problem<T>& p, int64_t r0, int64_t r1, int64_t i0, int64_t i1, T* y, int64_t ld,
             T* memory) {
  Block<T, L> b(p, memory, false);
  T* result = memory + Block<T, L>::scratch(p, false);
  const int64_t wide = rounded<T>(p.out);
  T* constant = result + b.capacity * wide;
  for (int64_t r = r0; r < r1; r += b.capacity) {
    const int64_t rows = smaller(r1 - r, b.capacity), even = (rows + 1) / 2 * 2;
    for (int64_t q = 0; q < even; ++q)
      for (int64_t o = 0; o < wide; ++o)
        result[q * wide + o] = p.bias && i0 == 0 && o < p.out ? p.bias[o] : T(0);
    for (int64_t o = 0; o < wide; ++o) constant[o] = 0;
    b.constant = constant;
    for (int64_t i = i0; i < i1; i += lanes<T>) {
      const int64_t width = smaller(i1 - i, lanes<T>);
      b.read(r, rows, i, width);
      b.find_weights(i, width);
      const int64_t some = b.group();
      for (int64_t l0 = 0; l0 < width; l0 += some) {
        const int64_t l1 = smaller(l0 + some, width);
        b.evaluate(rows, i, l0, l1);
        over_tiles<T>(p.out, [&](auto size, int64_t j) {
          constexpr int N = decltype(size)::value;
          // As many inputs at a time as keep their coefficients in L1 while all rows pass by.
          // The dense product reads them once for six rows and can do with L2.
          const int64_t cache = L::local ? l1_bytes : 4 * l1_bytes;
          int64_t few = cache / int64_t(sizeof(T)) / ((p.nb + 1) * N * lanes<T>);
          few = few < 1 ? 1 : few;
          for (int64_t l = l0; l < l1; l += few)
            forward_rows<T, L, N>(b, rows, l, smaller(l + few, l1), j, result, wide);
        });
      }
    }
    for (int64_t q = 0; q < rows; ++q)
      for (int64_t o = 0; o < p.out; ++o)
        y[(r - r0 + q) * ld + o] = result[q * wide + o] + constant[o];
  }
}

}  // namespace EW_NAMESPACE
