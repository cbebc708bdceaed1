// The penalty l1 Σ v + e_to Σ H + e_from Σ H on the sizes of edges, 0 or more, and its slopes: see
// Sparsity in training/regularize.py. H = -Σ p log₂(p + 1e-4) over the edges of a node, with
// p = v / (1 + Σ v), and with h = log₂(p + c) + p / ((p + c) ln 2) the slope of -H in an edge is
// (h - Σ h p) / (1 + Σ v).
#pragma once
#include "block.h"

namespace EW_NAMESPACE {
using edgewise::Sizes;

template <class T>
struct Penalty {
  static constexpr T floor = T(1e-4);
  const Sizes<T>& s;
  const int64_t whole;  // outputs in whole vectors
  explicit Penalty(const Sizes<T>& s) : s(s), whole(s.out / lanes<T> * lanes<T>) {}

  // Calls f(column, how to read, how to write) for all vectors of a row, the last one padded by 0.
  template <class F>
  EW_INLINE void over_row(const F& f) const {
    for (int64_t o = 0; o < whole; o += lanes<T>)
      f(o, [](const T* from) { return load<T>(from); }, [](T* to, Vec<T> v) { store<T>(to, v); });
    const int64_t left = s.out - whole;
    if (!left) return;
    f(whole,
      [&](const T* from) {
        Vec<T> v{};
        for (int64_t k = 0; k < left; ++k) v[k] = from[k];
        return v;
      },
      [&](T* to, Vec<T> v) {
        for (int64_t k = 0; k < left; ++k) to[k] = v[k];
      });
  }

  // Σ v of the inputs' edges; those of the outputs' are added to `columns`.
  void sums(int64_t i, T* columns) const {
    const T* v = s.v + i * s.out;
    Vec<T> total{};
    over_row([&](int64_t o, auto read, auto) {
      total += read(v + o);
      store<T>(columns + o, load<T>(columns + o) + read(v + o));
    });
    s.from[i] = sum<T>(total);
  }

  // Σ p log₂(p + c) for both ends of the edges of an input, weighted; slopes but for the outputs'
  // Σ h p, which are added to `columns`.
  T entropies(int64_t i, T* columns) const {
    const T *v = s.v + i * s.out, inverse = T(1) / (T(1) + s.from[i]);
    T* slope = s.slope + i * s.out;
    Vec<T> value{}, mean{};
    over_row([&](int64_t o, auto read, auto write) {
      const Vec<T> size = read(v + o), scale = load<T>(s.to + o);
      Vec<T> p = size * scale, h, part = surprise(p, h);
      store<T>(columns + o, load<T>(columns + o) + h * p);
      value += s.e_to * part;
      Vec<T> found = s.l1 - s.e_to * h * scale;
      p = size * inverse, part = surprise(p, h);
      mean += h * p;
      value += s.e_from * part;
      write(slope + o, found - s.e_from * inverse * h);
    });
    const T shift = s.e_from * inverse * sum<T>(mean);
    over_row([&](int64_t o, auto read, auto write) { write(slope + o, read(slope + o) + shift); });
    return sum<T>(value);
  }

  // p log₂(p + c), and h.
  EW_INLINE Vec<T> surprise(Vec<T> p, Vec<T>& h) const {
    constexpr T by_ln2 = T(1.4426950408889634074);
    const Vec<T> inner = p + floor, log = binary_logarithm<T>(inner);
    h = log + p / inner * by_ln2;
    return p * log;
  }

  void finish(int64_t i, const T* shift) const {
    T* slope = s.slope + i * s.out;
    over_row([&](int64_t o, auto read, auto write) {
      write(slope + o, read(slope + o) + load<T>(shift + o));
    });
  }
};

template <class T>
void penalty_sums(const Sizes<T>& s, int64_t i0, int64_t i1, T* columns) {
  for (int64_t i = i0; i < i1; ++i) Penalty<T>(s).sums(i, columns);
}
template <class T>
double penalty_entropies(const Sizes<T>& s, int64_t i0, int64_t i1, T* columns) {
  double total = 0;
  for (int64_t i = i0; i < i1; ++i) total += Penalty<T>(s).entropies(i, columns);
  return total;
}
template <class T>
void penalty_finish(const Sizes<T>& s, int64_t i0, int64_t i1, const T* shift) {
  for (int64_t i = i0; i < i1; ++i) Penalty<T>(s).finish(i, shift);
}

template <class T>
const edgewise::Penalties<T>* penalties() {
  static constexpr edgewise::Penalties<T> found = {penalty_sums<T>, penalty_entropies<T>,
                                                   penalty_finish<T>};
  return &found;
}

}  // namespace EW_NAMESPACE
