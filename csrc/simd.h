// Vectors of the widest registers that a translation unit is compiled for, and the elementary
// functions on them. Everything lives in the namespace of the instruction set, so that no
// function compiled for one is ever linked into another.
#pragma once
#include <cstdint>
#ifdef EW_AVX512
#include <immintrin.h>
#endif

#ifndef EW_VECTOR_BYTES
#error "simd.h expected EW_VECTOR_BYTES and EW_NAMESPACE from the file that includes it"
#endif

#define EW_INLINE inline __attribute__((always_inline))

namespace EW_NAMESPACE {

template <class T>
struct Vector;

template <>
struct Vector<float> {
  typedef float type __attribute__((vector_size(EW_VECTOR_BYTES)));
  typedef float loose __attribute__((vector_size(EW_VECTOR_BYTES), aligned(4), may_alias));
  typedef int32_t integer __attribute__((vector_size(EW_VECTOR_BYTES)));
  typedef uint32_t natural __attribute__((vector_size(EW_VECTOR_BYTES)));
};

template <>
struct Vector<double> {
  typedef double type __attribute__((vector_size(EW_VECTOR_BYTES)));
  typedef double loose __attribute__((vector_size(EW_VECTOR_BYTES), aligned(8), may_alias));
  typedef int64_t integer __attribute__((vector_size(EW_VECTOR_BYTES)));
  typedef uint64_t natural __attribute__((vector_size(EW_VECTOR_BYTES)));
};

template <class T>
using Vec = typename Vector<T>::type;
template <class T>
using Int = typename Vector<T>::integer;
template <class T>
constexpr int lanes = EW_VECTOR_BYTES / int(sizeof(T));

template <class T>
EW_INLINE Vec<T> load(const T* p) {
  return *reinterpret_cast<const typename Vector<T>::loose*>(p);
}

template <class T>
EW_INLINE void store(T* p, Vec<T> v) {
  *reinterpret_cast<typename Vector<T>::loose*>(p) = v;
}

template <class T>
EW_INLINE Vec<T> splat(T value) {
  return value - Vec<T>{};  // GCC and Clang broadcast the scalar
}

// As 32-bit integers, whatever the width of the lanes.
template <class T>
EW_INLINE void store_narrow(int32_t* p, Int<T> v) {
  typedef int32_t narrow __attribute__((vector_size(lanes<T> * 4)));
  typedef int32_t loose __attribute__((vector_size(lanes<T> * 4), aligned(4), may_alias));
  *reinterpret_cast<loose*>(p) = __builtin_convertvector(v, narrow);
}

template <class T>
EW_INLINE T sum(Vec<T> v) {
  T total = 0;
  for (int l = 0; l < lanes<T>; ++l) total += v[l];
  return total;
}

// Written so that a NaN comes out as a NaN, in the form that compiles to single min and max
// instructions.
template <class T>
EW_INLINE Vec<T> at_least(Vec<T> v, T low) {
  Vec<T> bound = splat<T>(low);
  return bound > v ? bound : v;
}
template <class T>
EW_INLINE Vec<T> at_most(Vec<T> v, T high) {
  Vec<T> bound = splat<T>(high);
  return bound < v ? bound : v;
}
template <class T>
EW_INLINE Vec<T> clamp(Vec<T> v, T low, T high) {
  return at_most<T>(at_least<T>(v, low), high);
}

template <class T>
EW_INLINE Vec<T> absolute(Vec<T> v) {
  Vec<T> opposite = -v;
  return opposite > v ? opposite : v;
}

// 0, 1, …, N - 1 as a type, for shuffles: their patterns must be constants.
template <int... L>
struct Lanes {};
template <int N, int... L>
struct FirstLanes : FirstLanes<N - 1, N - 1, L...> {};
template <int... L>
struct FirstLanes<0, L...> {
  using type = Lanes<L...>;
};

// Blocks of Half lanes of two vectors exchanged: the second of each pair of `low` with the first of
// `high`.
template <class T, int Half, int... L>
EW_INLINE void exchange(Vec<T>& low, Vec<T>& high, Lanes<L...>) {
  constexpr int n = lanes<T>;
  const Vec<T> a = low, b = high;
  low = __builtin_shufflevector(a, b, (L & Half ? n + L - Half : L)...);
  high = __builtin_shufflevector(a, b, (L & Half ? n + L : L + Half)...);
}

// Rows and columns of a square of vectors exchanged, in log₂(lanes) rounds of shuffles.
template <class T, int Half = 1>
EW_INLINE void transpose(Vec<T>* row) {
  if constexpr (Half < lanes<T>) {
#pragma GCC unroll 16
    for (int r = 0; r < lanes<T>; ++r)
      if (!(r & Half))
        exchange<T, Half>(row[r], row[r + Half], typename FirstLanes<lanes<T>>::type{});
    transpose<T, 2 * Half>(row);
  }
}

// The sums over the lanes of as many vectors as there are lanes, in one vector. They don't survive.
template <class T, int Half = 1>
EW_INLINE Vec<T> sums(Vec<T>* row) {
  if constexpr (Half < lanes<T>) {
#pragma GCC unroll 16
    for (int r = 0; r < lanes<T>; r += 2 * Half) {
      exchange<T, Half>(row[r], row[r + Half], typename FirstLanes<lanes<T>>::type{});
      row[r] += row[r + Half];
    }
    return sums<T, 2 * Half>(row);
  }
  return row[0];
}

// Round to the nearest integer: |v| below 2^22 (float) or 2^51 (double).
template <class T>
EW_INLINE Vec<T> nearest(Vec<T> v) {
  constexpr T magic = sizeof(T) == 4 ? T(12582912.0) : T(6755399441055744.0);
  return (v + magic) - magic;
}

template <class T>
EW_INLINE Vec<T> floor_small(Vec<T> v) {
  Vec<T> n = nearest<T>(v);
  return n > v ? n - T(1) : n;
}

// exp(v) for v between -87 and 88 (float), -708 and 709 (double).
EW_INLINE Vec<float> exponential_within(Vec<float> x) {
  Vec<float> n = nearest<float>(x * 1.44269504088896341f);
  Vec<float> r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  Vec<float> p = splat<float>(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  Int<float> exponent = __builtin_convertvector(n, Int<float>);
  return p * (Vec<float>)((exponent + 127) << 23);
}

EW_INLINE Vec<double> exponential_within(Vec<double> x) {
  Vec<double> n = nearest<double>(x * 1.4426950408889634074);
  Vec<double> r = x - n * 6.93147180369123816490e-01;
  r = r - n * 1.90821492927058770002e-10;
  Vec<double> p = splat<double>(1.0 / 6227020800.0);
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r * r + r + 1.0;
  // The bits of n + 2^52 + 2^51 hold n: portable where there is no 64-bit conversion.
  Int<double> bits = (Int<double>)(n + 6755399441055744.0);
  Int<double> exponent = bits - (Int<double>)splat<double>(6755399441055744.0);
  return p * (Vec<double>)((exponent + 1023) << 52);
}

template <class T>
constexpr T lowest_exponent = sizeof(T) == 4 ? T(-87) : T(-708);
template <class T>
constexpr T highest_exponent = sizeof(T) == 4 ? T(88) : T(709);

// exp(v) anywhere: 0 below the smallest normal number, e^88 or e^709 above.
template <class T>
EW_INLINE Vec<T> exponential(Vec<T> v) {
  Vec<T> e = exponential_within(clamp<T>(v, lowest_exponent<T>, highest_exponent<T>));
  return v < lowest_exponent<T> ? Vec<T>{} : e;
}

// 1/v for v between 1e-37 and 1e37, to full precision.
template <class T>
EW_INLINE Vec<T> reciprocal(Vec<T> v) {
#ifdef EW_AVX512
  if constexpr (sizeof(T) == 4) {
    Vec<float> r = (Vec<float>)_mm512_rcp14_ps((__m512)v);
    return r * (2.0f - v * r);  // 14 bits become 28
  }
#endif
  return T(1) / v;
}

// Calls f(i, how to read, how to write) for the vectors of a row, the last one padded by 0.
template <class T, class F>
EW_INLINE void over_row(int64_t columns, const F& f) {
  int64_t i = 0;
  for (; i + lanes<T> <= columns; i += lanes<T>)
    f(i, [](const T* from) { return load<T>(from); }, [](T* to, Vec<T> v) { store<T>(to, v); });
  const int64_t left = columns - i;
  if (left == 0) return;
  auto read = [&](const T* from) {
    Vec<T> v{};
    for (int64_t k = 0; k < left; ++k) v[k] = from[k];
    return v;
  };
  f(i, read, [&](T* to, Vec<T> v) {
    for (int64_t k = 0; k < left; ++k) to[k] = v[k];
  });
}

}  // namespace EW_NAMESPACE
