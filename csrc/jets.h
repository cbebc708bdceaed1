// Layers of jets: values and partial derivatives of all orders go through a layer at once, and back.
//
// A block is some points. Whatever belongs to it has its points innermost, so that vectors run over
// points: [part][function][point]. Inputs follow one after another. Parts of φ(h) are sums of products
// of φ^(k) and of parts of h (Faà di Bruno), in which what doesn't depend on the function is
// multiplied once.
#pragma once
#include "block.h"
#include "norm.h"

namespace EW_NAMESPACE {

using edgewise::JetProblem;
using edgewise::JetTerm;

constexpr int jet_vectors = 8;
template <class T>
constexpr int64_t jet_rows = jet_vectors * lanes<T>;

// Orders that formulas are compiled for: those above 3 are rare.
constexpr int compiled_order(int order) { return order <= 1 ? 1 : order <= 3 ? order : 5; }
template <class F>
EW_INLINE void with_order(int order, const F& f) {
  switch (compiled_order(order)) {
    case 1: return f(Size<1>{});
    case 2: return f(Size<2>{});
    case 3: return f(Size<3>{});
    default: return f(Size<5>{});
  }
}

// Functions of a basis and their derivatives at the points of a block, on lines beyond the domain if
// the basis has tails.
template <class T, class L>
void derive(const Problem<T>& p, int64_t i, const T* z, int order, T* out, int64_t level) {
  constexpr int64_t rows = jet_rows<T>;
  const Problem<T> q = of_input(p, i);
  T lo{}, hi{};
  if (q.tails) L::basis::domain(q, i, &lo, &hi);
  const Vec<T> low = splat<T>(lo), high = splat<T>(hi);
  with_order(order, [&](auto size) {
    constexpr int Order = decltype(size)::value;
    for (int64_t r = 0; r < rows; r += lanes<T>) {
      Vec<T> v = load<T>(z + r);
      v = v + (v - v);  // ±Inf becomes NaN
      if (!q.tails) {
        L::basis::template derivatives<Order>(q, i, v, out + r, rows, level);
        continue;
      }
      const Vec<T> above = v < low ? low : v, nearest = above > high ? high : above;
      const Vec<T> beyond = v - nearest;
      // A spline's last cell doesn't hold its right end.
      const auto outside = L::basis::local ? (v < low) | (v >= high) : (v < low) | (v > high);
      L::basis::template derivatives<Order>(q, i, nearest, out + r, rows, level);
      T* to = out + r;
      for (int64_t g = 0; g < q.nb; ++g, to += rows) {
        store<T>(to, load<T>(to) + load<T>(to + level) * beyond);
        for (int k = 2; k <= Order; ++k)
          store<T>(to + k * level, outside ? Vec<T>{} : load<T>(to + k * level));
      }
    }
  });
}

// The base activations and tanh, with derivatives up to an order, for one vector.
template <class T>
EW_INLINE void derive_base(int base, Vec<T> x, int order, T* out, int64_t level) {
  if (base == edgewise::base_identity) {
    store<T>(out, x);
    for (int k = 1; k <= order; ++k) store<T>(out + k * level, k == 1 ? x - x + T(1) : x - x);
    return;
  }
  // σ^(k+1) = (σ - σ²)^(k) and (x σ)^(k) = x σ^(k) + k σ^(k-1)
  Vec<T> s[edgewise::most_order + 2];
  const Vec<T> e = exponential_within(clamp<T>(-x, T(-80), T(80)));
  const Vec<T> sigma = reciprocal<T>(T(1) + e);
  s[0] = x < T(-80) ? Vec<T>{} : sigma;
  store<T>(out, x * s[0]);
  for (int k = 0; k < order; ++k) {
    s[k + 1] = s[k];
    for (int j = 0; j <= k; ++j) s[k + 1] -= T(choose(k, j)) * s[j] * s[k - j];
    store<T>(out + (k + 1) * level, x * s[k + 1] + T(k + 1) * s[k]);
  }
}

// t^(k+1) = (1 - t²)^(k)
template <class T>
EW_INLINE void derive_tanh(Vec<T> x, int order, T* out, int64_t level) {
  Vec<T> t[edgewise::most_order + 2];
  store<T>(out, t[0] = hyperbolic_tangent<T>(x));
  for (int k = 0; k < order; ++k) {
    t[k + 1] = splat<T>(k ? 0 : 1);
    for (int j = 0; j <= k; ++j) t[k + 1] -= T(choose(k, j)) * t[j] * t[k - j];
    store<T>(out + (k + 1) * level, t[k + 1]);
  }
}

template <class T>
EW_INLINE Vec<T> product(const T* h, const JetTerm& term, int64_t r, int without = -1) {
  Vec<T> total = splat<T>(T(term.factor));
  for (int f = 0; f < term.count; ++f)
    if (f != without) total *= load<T>(h + term.places[f] * jet_rows<T> + r);
  return total;
}

template <class T>
struct JetBlock {
  static constexpr int64_t rows = jet_rows<T>;
  const JetProblem<T>& q;
  const int64_t levels, level;  // orders that are computed; from one to the next
  T *x, *z;        // [part][point] of one input
  T *dx, *dz;
  T *bends;        // [order][point]: tanh
  T *curves;       // [order][function][point], the base activation behind the basis
  T *features;     // [part][function][point]
  T *ways;         // [order][point]: what φ^(k) is multiplied with in one part
  T *pairs;        // [part][order][point]: Σ over functions of gradient and φ^(k)
  T *slopes;       // [function][point]
  T *outputs;      // [part][output][point]

  static int64_t levels_of(const JetProblem<T>& q) { return compiled_order(q.order + 1) + 1; }
  static int64_t scratch(const JetProblem<T>& q) {
    const int64_t levels = levels_of(q);
    return rows * (q.parts * 4 + 2 * levels + levels * q.functions + q.parts * q.functions +
                   q.parts * levels + q.functions + q.parts * q.p.out);
  }

  JetBlock(const JetProblem<T>& q, T* memory)
      : q(q), levels(levels_of(q)), level(q.functions * rows) {
    auto take = [&](int64_t count) {
      T* taken = memory;
      memory += count * rows;
      return taken;
    };
    x = take(q.parts), z = take(q.parts), dx = take(q.parts), dz = take(q.parts);
    bends = take(levels), ways = take(levels);
    curves = take(levels * q.functions), features = take(q.parts * q.functions);
    pairs = take(q.parts * levels), slopes = take(q.functions);
    outputs = take(q.parts * q.p.out);
  }

  // One column of (parts, rows, columns), points r0 … r0 + count; 0 for those behind.
  void read(const T* from, int64_t columns, int64_t column, int64_t r0, int64_t count, T* to,
            int64_t stride) const {
    for (int64_t k = 0; k < q.parts; ++k, to += stride) {
      const T* at = from + (k * q.p.rows + r0) * columns + column;
      for (int64_t r = 0; r < count; ++r) to[r] = at[r * columns];
      for (int64_t r = count; r < rows; ++r) to[r] = 0;
    }
  }
  void write(const T* from, int64_t stride, T* to, int64_t columns, int64_t column, int64_t r0,
             int64_t count) const {
    for (int64_t k = 0; k < q.parts; ++k, from += stride) {
      T* at = to + (k * q.p.rows + r0) * columns + column;
      for (int64_t r = 0; r < count; ++r) at[r * columns] = from[r];
    }
  }
  void read_outputs(int64_t r0, int64_t count) const {
    for (int64_t o = 0; o < q.p.out; ++o)
      read(q.dy, q.p.out, o, r0, count, outputs + o * rows, q.p.out * rows);
  }

  // x, z and all functions of them, with derivatives up to an order.
  void evaluate(int64_t i, int64_t r0, int64_t count, int order) {
    read(q.x, q.p.in, i, r0, count, x, rows);
    if (q.z != q.x) read(q.z, q.p.in, i, r0, count, z, rows);
    const T* inner = x;
    if (q.through_tanh) {
      for (int64_t r = 0; r < rows; r += lanes<T>)
        derive_tanh<T>(load<T>(x + r), order, bends + r, rows);
      compose(x, bends, rows, 0, 1, z, rows);
    }
    if (q.z != q.x || q.through_tanh) inner = z;
    q.derive(q.p, i, inner, order, curves, level);
    if (q.functions == q.p.nb) return;
    for (int64_t r = 0; r < rows; r += lanes<T>) {
      const Vec<T> v = load<T>(x + r);
      derive_base<T>(q.p.base, v + (v - v), order, curves + q.p.nb * rows + r, level);
    }
  }
  const T* inner() const { return q.z != q.x || q.through_tanh ? z : x; }

  void make_features() {
    compose(inner(), curves, level, 0, q.p.nb, features, level);
    if (q.functions > q.p.nb) compose(x, curves, level, q.p.nb, q.functions, features, level);
  }

  // Parts of functions g0 … g1 of h.
  void compose(const T* h, const T* curve, int64_t between, int64_t g0, int64_t g1, T* to,
               int64_t part_stride) {
    __builtin_memcpy(to + g0 * rows, curve + g0 * rows, (unsigned long)((g1 - g0) * rows) * sizeof(T));
    const JetTerm *term = q.terms, *end = q.terms + q.num_terms;
    while (term != end && term->part == 0) ++term;
    for (int64_t part = 1; part < q.parts; ++part) {
      int orders[edgewise::most_order + 1], count = 0;
      for (; term != end && term->part == part; ++term) {
        int at = 0;
        while (at < count && orders[at] != term->order) ++at;
        const bool known = at < count;
        if (!known) orders[count++] = term->order;
        T* way = ways + term->order * rows;
        for (int64_t r = 0; r < rows; r += lanes<T>) {
          const Vec<T> v = product<T>(h, *term, r);
          store<T>(way + r, known ? load<T>(way + r) + v : v);
        }
      }
      T* out = to + part * part_stride;
      for (int64_t g = g0; g < g1; ++g)
        for (int64_t r = g * rows; r < (g + 1) * rows; r += lanes<T>) {
          Vec<T> total = Vec<T>{};
          for (int n = 0; n < count; ++n)
            total += load<T>(ways + orders[n] * rows + r - g * rows) *
                     load<T>(curve + orders[n] * between + r);
          store<T>(out + r, total);
        }
    }
  }

  // Adds to the gradient of h what `pairs` say.
  void decompose(const T* h, T* to) {
    for (const JetTerm* term = q.terms; term != q.terms + q.num_terms; ++term) {
      const T* pair = pairs + (term->part * levels + term->order) * rows;
      for (int64_t r = 0; r < rows; r += lanes<T>) {
        store<T>(to + r, load<T>(to + r) + load<T>(pair + rows + r) * product<T>(h, *term, r));
        const Vec<T> lower = load<T>(pair + r);
        for (int f = 0; f < term->count; ++f) {
          T* at = to + term->places[f] * rows + r;
          store<T>(at, load<T>(at) + lower * product<T>(h, *term, r, f));
        }
      }
    }
  }

  // Σ over functions g0 … g1 of slopes and curves, for the orders that this part's terms ask for.
  void pair_up(int64_t part, const T* slope, const T* curve, int64_t between, int64_t g0,
               int64_t g1) {
    int low = edgewise::most_order + 1, high = 0;
    for (int64_t n = 0; n < q.num_terms; ++n) {
      const JetTerm& term = q.terms[n];
      if (term.part != part) continue;
      low = term.order < low ? term.order : low, high = term.order > high ? term.order : high;
    }
    for (int d = low; d <= high + 1; ++d)
      for (int64_t r = 0; r < rows; r += lanes<T>) {
        Vec<T> total = Vec<T>{};
        for (int64_t g = g0; g < g1; ++g)
          total += load<T>(slope + g * rows + r) * load<T>(curve + d * between + g * rows + r);
        store<T>(pairs + (part * levels + d) * rows + r, total);
      }
  }

  static void clear(T* from, int64_t count) {
    __builtin_memset(from, 0, (unsigned long)(count * rows) * sizeof(T));
  }
};

// to[a] += Σ_b from[b] · m[a · step_a + b · step_b], of rows of points; A of them and V vectors at once.
template <class T, int A, int V>
EW_INLINE void multiply_tile(const T* from, int64_t count, const T* m, int64_t step_a,
                             int64_t step_b, T* to) {
  constexpr int64_t rows = jet_rows<T>;
  Vec<T> acc[A][V];
#pragma GCC unroll 8
  for (int a = 0; a < A; ++a)
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) acc[a][v] = load<T>(to + a * rows + v * lanes<T>);
  for (int64_t b = 0; b < count; ++b) {
    Vec<T> row[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) row[v] = load<T>(from + b * rows + v * lanes<T>);
#pragma GCC unroll 8
    for (int a = 0; a < A; ++a) {
      const Vec<T> factor = splat<T>(m[a * step_a + b * step_b]);
#pragma GCC unroll 8
      for (int v = 0; v < V; ++v) acc[a][v] += factor * row[v];
    }
  }
#pragma GCC unroll 8
  for (int a = 0; a < A; ++a)
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) store<T>(to + a * rows + v * lanes<T>, acc[a][v]);
}

template <class T>
void multiply(const T* from, int64_t count, const T* m, int64_t step_a, int64_t step_b, T* to,
              int64_t results) {
  constexpr int64_t rows = jet_rows<T>;
  constexpr int V = tile_vectors;  // what registers hold, for four results at a time
  int64_t a = 0;
  for (; a + 4 <= results; a += 4)
    for (int v = 0; v < jet_vectors; v += V)
      multiply_tile<T, 4, V>(from + v * lanes<T>, count, m + a * step_a, step_a, step_b,
                             to + a * rows + v * lanes<T>);
  for (; a < results; ++a)
    multiply_tile<T, 1, jet_vectors>(from, count, m + a * step_a, step_a, step_b, to + a * rows);
}

// Σ over parts of output and feature, of one pair of them, for all points of the block.
template <class T>
EW_INLINE void by_weight(const JetBlock<T>& b, int64_t f, int64_t o, Vec<T> (&total)[jet_vectors]) {
  const T *output = b.outputs + o * b.rows, *feature = b.features + f * b.rows;
#pragma GCC unroll 8
  for (int v = 0; v < jet_vectors; ++v) total[v] = Vec<T>{};
  for (int64_t k = 0; k < b.q.parts; ++k, output += b.q.p.out * b.rows, feature += b.level)
#pragma GCC unroll 8
    for (int v = 0; v < jet_vectors; ++v)
      total[v] += load<T>(output + v * lanes<T>) * load<T>(feature + v * lanes<T>);
}

template <class T>
void jets_forward(const JetProblem<T>& q, int64_t r0, int64_t r1, T* memory) {
  JetBlock<T> b(q, memory);
  constexpr int64_t rows = jet_rows<T>;
  const int64_t out = q.p.out, per_input = q.functions * out;
  for (int64_t r = r0; r < r1; r += rows) {
    const int64_t count = smaller(r1 - r, rows);
    b.clear(b.outputs, q.parts * out);
    for (int64_t o = 0; q.bias && o < out; ++o)
      for (int64_t n = 0; n < rows; ++n) b.outputs[o * rows + n] = q.bias[o];
    for (int64_t i = 0; i < q.p.in; ++i) {
      b.evaluate(i, r, count, q.order);
      b.make_features();
      for (int64_t k = 0; k < q.parts; ++k)
        multiply<T>(b.features + k * b.level, q.functions, q.weights + i * per_input, 1, out,
                    b.outputs + k * out * rows, out);
    }
    for (int64_t o = 0; o < out; ++o)
      b.write(b.outputs + o * rows, out * rows, q.y, out, o, r, count);
  }
}

// Without functions an input is its own feature.
template <class T>
void jets_by_weights(const JetProblem<T>& q, int64_t r0, int64_t r1, T* memory) {
  JetBlock<T> b(q, memory);
  constexpr int64_t rows = jet_rows<T>;
  const int64_t out = q.p.out, nb = q.p.nb;
  for (int64_t r = r0; r < r1; r += rows) {
    const int64_t count = smaller(r1 - r, rows);
    b.read_outputs(r, count);
    for (int64_t i = 0; i < q.p.in; ++i) {
      if (q.derive) {
        b.evaluate(i, r, count, q.order);
        b.make_features();
      } else {
        b.read(q.x, q.p.in, i, r, count, b.features, b.level);
      }
      for (int64_t f = 0; f < q.functions; ++f)
        for (int64_t o = 0; o < out; ++o) {
          Vec<T> total[jet_vectors];
          by_weight(b, f, o, total);
          const int64_t row = f < nb ? (i * nb + f) * out + o : (q.p.in * nb + i) * out + o;
          T* to = q.by_weights + row * q.ld + r;
          for (int v = 0; v < jet_vectors; ++v) {
            const int64_t left = count - v * lanes<T>;
            if (left >= lanes<T>)
              store<T>(to + v * lanes<T>, total[v]);
            else
              for (int64_t l = 0; l < left; ++l) to[v * lanes<T> + l] = total[v][l];
          }
        }
    }
  }
}

template <class T>
void jets_backward(const JetProblem<T>& q, int64_t r0, int64_t r1, T* dweights, T* memory) {
  JetBlock<T> b(q, memory);
  constexpr int64_t rows = jet_rows<T>;
  const int64_t out = q.p.out, nb = q.p.nb, per_input = q.functions * out;
  const bool apart = q.z != q.x, to_inputs = q.dx || q.dz;
  for (int64_t r = r0; r < r1; r += rows) {
    const int64_t count = smaller(r1 - r, rows);
    b.read_outputs(r, count);
    for (int64_t i = 0; i < q.p.in; ++i) {
      b.evaluate(i, r, count, q.order + (to_inputs ? 1 : 0));
      if (dweights) {
        b.make_features();
        for (int64_t f = 0; f < q.functions; ++f)
          for (int64_t o = 0; o < out; ++o) {
            Vec<T> total[jet_vectors];
            by_weight(b, f, o, total);
            for (int v = 1; v < jet_vectors; ++v) total[0] += total[v];
            dweights[i * per_input + f * out + o] += sum<T>(total[0]);
          }
      }
      if (!to_inputs) continue;
      b.clear(b.dx, q.parts), b.clear(b.dz, q.parts);
      // The part that goes by the basis, and then the one by the base activation, which needs
      // `pairs` of its own.
      for (int turn = 0; turn < (q.functions > nb ? 2 : 1); ++turn) {
        const int64_t g0 = turn ? nb : 0, g1 = turn ? q.functions : nb;
        for (int64_t k = 0; k < q.parts; ++k) {
          b.clear(b.slopes + g0 * rows, g1 - g0);
          multiply<T>(b.outputs + k * out * rows, out, q.weights + i * per_input + g0 * out, out, 1,
                      b.slopes + g0 * rows, g1 - g0);
          b.pair_up(k, b.slopes, b.curves, b.level, g0, g1);
        }
        b.decompose(turn ? b.x : b.inner(), turn || !(apart || q.through_tanh) ? b.dx : b.dz);
      }
      if (q.through_tanh) {
        for (int64_t k = 0; k < q.parts; ++k)
          b.pair_up(k, b.dz + k * rows, b.bends, rows, 0, 1);
        b.decompose(b.x, b.dx);
      }
      if (q.dx) b.write(b.dx, rows, q.dx, q.p.in, i, r, count);
      if (q.dz) b.write(b.dz, rows, q.dz, q.p.in, i, r, count);
    }
  }
}

template <class T>
int64_t jets_scratch(const JetProblem<T>& q) {
  return JetBlock<T>::scratch(q);
}

}  // namespace EW_NAMESPACE
