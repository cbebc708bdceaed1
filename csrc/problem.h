// What module.cpp hands to the kernels: plain pointers and sizes. No torch and no standard
// library in here: kernels are compiled once for each instruction set.
#pragma once
#include <cstdint>

namespace edgewise {

enum Base : int { base_none = 0, base_silu = 1, base_identity = 2 };

template <class T>
struct Problem {
  int64_t rows, in, out, nb;  // nb: basis functions per input
  int base;
  const T* x;  // (rows, in), contiguous
  const T* z;  // (rows, in); x itself where there is no normalisation
  const T* coef;         // (in, nb, out)
  const T* base_weight;  // (in, out) or null
  const T* bias;         // (out) or null
  const T* scale;        // (in, out) or null: a factor of every edge's coefficients
  const T* mask;         // (in, out) or null: a factor of its coefficients and its base weight

  const T* centers;  // (in, nb), or knots (in, cells + 1)
  const T* widths;   // (in, nb): Gaussian widths, RSWAF inverse denominators
  int degree;        // of B-splines
  int tails;         // whether functions go on as lines beyond the domain
  int uniform;       // equidistant grids and one width for each: the numbers below
  T origin, step, width;
  T ratio, ratio_step;  // what neighbouring functions differ by: see gaussian.h and rswaf.h
  const T* own;      // (in, 5): these five for each input; null if they are the same for all
  const T* pieces;   // splines on arbitrary knots: (in, cells, degree + 1, degree + 1), or null
  int64_t cells;

  // (in, nb), or null: the ξ of Σ_g ξ_g φ_g(z) = z where the base branch is a line that the basis
  // contains. Its weights are then part of the coefficients, C_g + ξ_g V: one product less of each
  // edge and row.
  const T* lines;
  bool has_base_column() const { return base_weight && !lines; }

  // Whether quadratic or cubic splines have so few functions that a product with all of them, as
  // powers (power_spline.h), is faster than one with those that aren't zero, which differ from row
  // to row. `powers` is then the matrix that makes coefficients of powers, (nb, nb).
  const T* powers;
  bool few() const {
    return (degree == 2 || degree == 3) && uniform && tails && 2 * nb <= 3 * (degree + 1) &&
           many_rows();
  }
  bool many_rows() const { return rows >= 16; }  // for which other coefficients are worth their work

  // Kernels read whole vectors, and for splines rows before the first and behind the last. Copies
  // of the first input's coefficients and of the last ones' and their base weights, with zeros
  // around them, stand in where that would leave the tensors.
  const T* first_coef;
  const T* last_coef;   // of the inputs from tail_coef on
  const T* last_base;   // of the inputs from tail_base on
  int64_t tail_coef, tail_base;

  // Backward.
  const T* dy;        // (rows, ld_dy)
  int64_t ld_dy;      // out rounded up to whole vectors
  const T* dy_turned;  // (out, ld_turned), if gradients of inputs or grids are wanted
  int64_t ld_turned;   // rows rounded up to whole vectors at least
  T* y;             // forward's result (rows, out)
  T* dx;            // (rows, in) or null
  T* dz;            // (rows, in) or null; dx gets the basis part too where z is x
  T* dcoef;         // (in, nb, out) or null
  T* dbase;         // (in, out) or null
  T* dscale;        // (in, out) or null; with dcoef only
  T* dmask;         // (in, out) or null; with dcoef, and dbase where there are base weights, only
  T* dcenters;      // (in, nb) or null
  T* dwidths;       // (in, nb) or null
};

enum NormKind : int { norm_none, norm_layer, norm_affine, norm_tanh };

// A normalisation of the inputs, z = n(x), and its gradients.
template <class T>
struct Norm {
  int kind;
  int64_t in;
  const T* x;           // (rows, in)
  T* z;                 // (rows, in)
  const T* weight;      // (in), of LayerNorm and of scale and shift
  const T* bias;        // (in)
  T *mean, *scale;      // (rows): of LayerNorm, the row's mean and 1 / its deviation
  const T* dz;          // (rows, in)
  T* dx;                // (rows, in), added to; null if it isn't wanted
};

constexpr int most_order = 4;  // of derivatives that jets carry

// A term of Faà di Bruno's formula: factor · φ^(order)(h) · Π h[places] is added to a part of φ(h).
struct JetTerm {
  int part, factor, order, count, places[most_order];
};

// A layer of jets: values and partial derivatives, the parts, of its inputs and outputs.
template <class T>
struct JetProblem {
  Problem<T> p;  // sizes and the grid
  int64_t parts;
  int order;              // the highest derivative that a part is
  const JetTerm* terms;   // those of part 0 first, then of part 1, …
  int64_t num_terms;
  int through_tanh;       // whether z = tanh(x)
  int64_t functions;      // nb, and one more where there is a base activation
  const T* x;             // (parts, rows, in)
  const T* z;             // (parts, rows, in); x itself where z is x or tanh(x)
  const T* weights;       // (in, functions, out)
  const T* bias;          // (out) or null
  const T* dy;            // (parts, rows, out)
  T* y;                   // (parts, rows, out)
  T* dx;                  // (parts, rows, in) or null
  T* dz;                  // (parts, rows, in) or null; dx gets the basis part too where z is x
  T* by_weights;          // (in · nb · out [+ in · out], ld): of each point and weight, Σ dy feature
  int64_t ld;
  // Null where an input is its own feature. φ, φ', … of one input at `jet_rows` points: of function g and order d at out[d·level + g·rows].
  void (*derive)(const Problem<T>&, int64_t i, const T* z, int order, T* out, int64_t level);
};

// Entry points of one instruction set, for one basis and one type.
template <class T>
struct Kernels {
  // Rows [r0, r1), inputs [i0, i1) (multiples of the vector length but for the end), into a
  // (r1 - r0, ld) buffer; scratch from `forward_scratch`.
  void (*forward)(const Problem<T>&, int64_t r0, int64_t r1, int64_t i0, int64_t i1, T* y,
                  int64_t ld, T* scratch);
  // Everything that backward wants of inputs [i0, i1).
  void (*backward)(const Problem<T>&, int64_t i0, int64_t i1, T* scratch);
  int64_t (*forward_scratch)(const Problem<T>&);   // numbers of T
  int64_t (*backward_scratch)(const Problem<T>&);  // numbers of T
  // What neighbouring functions of an equidistant grid differ by (ratio and ratio_step), if that
  // is something.
  void (*ratios)(T step, T width, T* ratio, T* ratio_step);
  void (*normalize)(const Norm<T>&, int64_t r0, int64_t r1);
  void (*normalize_backward)(const Norm<T>&, int64_t r0, int64_t r1, T* dweight, T* dbias);
  int lanes;
  bool line;  // whether the basis's second function is z
  void (*derive)(const Problem<T>&, int64_t i, const T* z, int order, T* out, int64_t level);
  // Jets of points [r0, r1), r0 a multiple of jet_rows.
  void (*jets_forward)(const JetProblem<T>&, int64_t r0, int64_t r1, T* scratch);
  void (*jets_by_weights)(const JetProblem<T>&, int64_t r0, int64_t r1, T* scratch);
  // Gradients of inputs, and added to dweights (in, functions, out) those of weights; or null.
  void (*jets_backward)(const JetProblem<T>&, int64_t r0, int64_t r1, T* dweights, T* scratch);
  int64_t (*jets_scratch)(const JetProblem<T>&);
  int64_t jet_rows;
};

}  // namespace edgewise
