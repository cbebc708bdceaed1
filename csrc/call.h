// The arguments of one call of the operators: tensors made contiguous, grids unrolled, and the
// Problem that points into them.
#pragma once
#include <torch/csrc/stable/library.h>
#include <torch/csrc/stable/ops.h>
#include <torch/csrc/stable/tensor.h>
#include <torch/headeronly/util/Exception.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "bases.h"
#include "equidistant.h"
#include "problem.h"
#include "spline_forms.h"

namespace edgewise {
namespace {

using torch::headeronly::ScalarType;
using torch::stable::Tensor;

// Names of bases whose functions go on as lines beyond their domain end in this.
const std::string line_tails = "+tails";

bool has_tails(const std::string& name) {
  return name.size() > line_tails.size() &&
         name.compare(name.size() - line_tails.size(), line_tails.size(), line_tails) == 0;
}

int basis_id(const std::string& name) {
  const size_t size = name.size() - (has_tails(name) ? line_tails.size() : 0);
  for (int id = 0; id < int(std::size(bases)); ++id)
    if (name.compare(0, size, bases[id].name) == 0) return id;
  STD_TORCH_CHECK(false, "the native engine doesn't know the basis ", name);
  return -1;
}

int base_id(const std::optional<std::string>& base, bool present) {
  if (!present) return base_none;
  STD_TORCH_CHECK(base.has_value() && (*base == "silu" || *base == "identity"),
                  "the native engine knows the base activations silu and identity");
  return *base == "silu" ? base_silu : base_identity;
}

int norm_id(const std::optional<std::string>& norm) {
  if (!norm) return norm_none;
  const char* const names[] = {"", "layer", "affine", "tanh"};
  for (int id = norm_layer; id <= norm_tanh; ++id)
    if (*norm == names[id]) return id;
  STD_TORCH_CHECK(false, "the native engine doesn't know the normalisation ", *norm);
  return norm_none;
}

void check_shape(const char* name, const Tensor& t, std::initializer_list<int64_t> shape,
                 const Tensor& like) {
  bool same = t.dim() == int64_t(shape.size()) && t.scalar_type() == like.scalar_type() &&
              t.get_device_index() == like.get_device_index();
  int64_t k = 0;
  for (int64_t size : shape) same = same && t.size(k++) == size;
  STD_TORCH_CHECK(same, "kan_linear (native): ", name, " has the wrong shape, type or device");
}

// Numbers below the smallest normal one count as 0 in here: they would cost a hundred times the
// rest. The thread's mode is put back.
class FlushDenormals {
 public:
#if defined(__x86_64__)
  FlushDenormals() : before(_mm_getcsr()) { _mm_setcsr(before | 0x8040); }
  ~FlushDenormals() { _mm_setcsr(before); }

 private:
  unsigned before;
#else
  FlushDenormals() {}
#endif
};

// Memory that a thread keeps between calls: fresh pages cost more than the work of a small layer.
template <class T>
T* thread_scratch(int64_t count) {
  struct Buffer {
    void* data = nullptr;
    size_t size = 0;
    ~Buffer() { std::free(data); }
  };
  static thread_local Buffer buffer;
  const size_t bytes = (size_t(count) * sizeof(T) + 4095) / 4096 * 4096;
  if (bytes > buffer.size) {
    std::free(buffer.data);
    buffer.size = 0;
    buffer.data = std::aligned_alloc(64, bytes);
    STD_TORCH_CHECK(buffer.data, "kan_linear (native): out of memory");
    buffer.size = bytes;
  }
  return static_cast<T*>(buffer.data);
}

template <class T>
struct Call {
  static constexpr int64_t room = 64;  // more than the widest tile

  Problem<T> p{};
  Norm<T> n{};
  int id;
  std::vector<Tensor> kept;
  std::vector<T> own_numbers, centers, widths, pieces, lines, powers, first_coef, last_coef, last_base, dy_padded;

  const T* pointer(const Tensor& t) {
    kept.push_back(t.is_contiguous() ? t : torch::stable::contiguous(t));
    return static_cast<const T*>(kept.back().const_data_ptr());
  }

  Call(const Tensor& x, const std::optional<Tensor>& z, const Tensor& coef,
       const std::optional<Tensor>& base_weight, const std::vector<Tensor>& grid,
       const std::string& basis, const std::optional<std::string>& base,
       const std::optional<std::string>& norm, const std::vector<Tensor>& trained,
       const std::optional<Tensor>& coef_scale, const std::optional<Tensor>& mask)
      : id(basis_id(basis)) {
    STD_TORCH_CHECK(x.dim() == 2 && coef.dim() == 3 && coef.size(0) == x.size(1) &&
                        coef.size(0) > 0 && coef.size(1) > 0,
                    "kan_linear (native): expected x (rows, in) and coef (in, num_basis, out)");
    p.rows = x.size(0), p.in = x.size(1), p.nb = coef.size(1), p.out = coef.size(2);
    check_shape("x", x, {p.rows, p.in}, coef);
    if (z) check_shape("normalized", *z, {p.rows, p.in}, x);
    if (base_weight) check_shape("base_weight", *base_weight, {p.in, p.out}, coef);
    if (coef_scale) check_shape("coef_scale", *coef_scale, {p.in, p.out}, coef);
    if (mask) check_shape("mask", *mask, {p.in, p.out}, coef);
    p.x = pointer(x);
    p.z = z ? pointer(*z) : p.x;
    p.coef = pointer(coef);
    p.base_weight = base_weight ? pointer(*base_weight) : nullptr;
    p.scale = coef_scale ? pointer(*coef_scale) : nullptr;
    p.mask = mask ? pointer(*mask) : nullptr;
    p.base = base_id(base, base_weight.has_value());
    p.tails = has_tails(basis);
    read_grid(grid);
    read_norm(norm_id(norm), z.has_value(), trained);
    copy_ends();
  }

  // Of jets (parts, rows, in): sizes and the grid alone.
  Call(const Tensor& x, int64_t nb, int64_t out, const std::vector<Tensor>& grid,
       const std::string& basis)
      : id(basis_id(basis)) {
    p.rows = x.size(1), p.in = x.size(2), p.nb = nb, p.out = out;
    p.tails = has_tails(basis);
    pointer(x);
    read_grid(grid);
  }

  void read_grid(const std::vector<Tensor>& grid) {
    switch (bases[id].grid) {
      case GridKind::knots: read_knots(grid); break;
      case GridKind::centres: read_centers(grid); break;
      case GridKind::none:
        STD_TORCH_CHECK(grid.empty(), "kan_linear (native): this basis has no grid");
    }
  }

  void find_lines(bool second) {
    if (p.base != base_identity || p.z != p.x || !p.many_rows()) return;
    const bool splines = p.degree && p.uniform && p.tails;
    if (!splines && !(second && p.nb > 1)) return;
    for (int64_t i = 0; i < p.in; ++i) {
      const T* own = p.own ? p.own + 5 * i : nullptr;
      if (splines) add_line(own ? own[0] : p.origin, own ? own[1] : p.step, p.degree, p.nb, lines);
      for (int64_t g = 0; !splines && g < p.nb; ++g) lines.push_back(T(g == 1));
    }
    p.lines = lines.data();
  }

  void read_norm(int kind, bool has_z, const std::vector<Tensor>& trained) {
    const size_t count = kind == norm_layer || kind == norm_affine ? 2 : 0;
    STD_TORCH_CHECK(trained.size() == count && !(kind && has_z),
                    "kan_linear (native): this normalisation has other tensors");
    if (!kind) return;
    for (const Tensor& t : trained) check_shape("trained", t, {p.in}, kept[0]);
    n.kind = kind, n.in = p.in, n.x = p.x;
    if (count) n.weight = pointer(trained[0]), n.bias = pointer(trained[1]);
    n.z = room_for(p.rows * p.in);
    n.mean = room_for(2 * p.rows), n.scale = n.mean + p.rows;
    p.z = n.z;
  }

  T* room_for(int64_t count) {
    kept.push_back(torch::stable::new_empty(kept[0], {count}));
    return static_cast<T*>(kept.back().mutable_data_ptr());
  }

  // Threads for work on all rows of the inputs, number by number.
  int64_t row_threads() const {
    return p.rows * p.in < (1 << 16) ? 1 : int64_t(torch::stable::get_num_threads());
  }

  // Computes z = n(x).
  void normalize(const Kernels<T>& kernel) const {
    if (!n.kind) return;
    const int64_t threads = row_threads(), share = (p.rows + threads - 1) / threads;
    torch::stable::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
      FlushDenormals scope;
      kernel.normalize(n, std::min(begin * share, p.rows), std::min(end * share, p.rows));
    });
  }

  // From dz to the gradients of the normalisation's tensors, and to dx.
  void normalize_backward(const Kernels<T>& kernel, T* dweight, T* dbias) const {
    const int64_t threads = row_threads(), share = (p.rows + threads - 1) / threads;
    std::vector<T> sums(size_t(2 * threads * p.in), T(0));
    torch::stable::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
      FlushDenormals scope;
      for (int64_t t = begin; t < end; ++t) {
        T* own = sums.data() + 2 * t * p.in;
        kernel.normalize_backward(n, std::min(t * share, p.rows), std::min((t + 1) * share, p.rows),
                                  own, own + p.in);
      }
    });
    auto total = [&](int64_t offset, T* to) {
      for (int64_t i = 0; to && i < p.in; ++i) to[i] = sums[size_t(offset + i)];
      for (int64_t t = 1; to && t < threads; ++t)
        for (int64_t i = 0; i < p.in; ++i) to[i] += sums[size_t(2 * t * p.in + offset + i)];
    };
    total(0, dweight), total(p.in, dbias);
  }

  // What depends on kernels: z = n(x), other forms of coefficients, and the numbers of an equidistant grid that the basis makes
  // of the others.
  void complete(const Kernels<T>& kernel) {
    normalize(kernel);
    find_lines(kernel.line);
    if (p.few()) powers = power_matrix<T>(p.degree, p.nb), p.powers = powers.data();
    if (!p.uniform) return;
    kernel.ratios(p.step, p.width, &p.ratio, &p.ratio_step);
    for (size_t k = 0; k < own_numbers.size(); k += 5)
      kernel.ratios(own_numbers[k + 1], own_numbers[k + 2], &own_numbers[k + 3],
                    &own_numbers[k + 4]);
  }

  void copy_ends() {
    const int64_t around = (p.degree + 1) * p.out, block = p.nb * p.out;
    auto copy = [&](std::vector<T>& to, const T* from, int64_t count) {
      to.assign(size_t(around + count + around + room), T(0));
      std::copy_n(from, count, to.data() + around);
      return to.data() + around;
    };
    // How many inputs a read that starts in one of them can reach beyond it.
    auto reach = [&](int64_t size) { return size ? (around + room + size - 1) / size : p.in; };
    p.first_coef = copy(first_coef, p.coef, block);
    p.tail_coef = std::max<int64_t>(0, p.in - 1 - reach(block));
    p.last_coef = copy(last_coef, p.coef + p.tail_coef * block, (p.in - p.tail_coef) * block);
    if (!p.base_weight) return;
    p.tail_base = std::max<int64_t>(0, p.in - 1 - reach(p.out));
    p.last_base = copy(last_base, p.base_weight + p.tail_base * p.out,
                       (p.in - p.tail_base) * p.out);
  }

  void read_centers(const std::vector<Tensor>& grid) {
    STD_TORCH_CHECK(grid.size() == 2, "kan_linear (native): expected centres and widths");
    const Tensor &c = grid[0], &w = grid[1];
    const bool own = c.dim() == 2;
    if (own) check_shape("centers", c, {p.in, p.nb}, c);
    else check_shape("centers", c, {p.nb}, c);
    STD_TORCH_CHECK(c.scalar_type() == kept[0].scalar_type() &&
                        w.scalar_type() == kept[0].scalar_type(),
                    "kan_linear (native): grid tensors have another type");
    const T *from = pointer(c), *width = pointer(w);
    const bool one_width = w.numel() == 1 || (w.dim() == 2 && w.size(0) == p.in && w.size(1) == 1);
    const int64_t grids = own || w.numel() > 1 ? p.in : 1;
    auto at = [&](int64_t i) { return from + (own ? i * p.nb : 0); };
    auto width_of = [&](int64_t i) { return width[w.numel() > 1 ? i : 0]; };
    bool even = one_width;
    for (int64_t i = 0; even && i < grids; ++i)
      even = width_of(i) > 0 && equidistant(at(i), p.nb);
    if (even) return use_uniform(grids, [&](int64_t i) {
      const T* c = at(i);
      const T d = width_of(i), step = p.nb > 1 ? (c[p.nb - 1] - c[0]) / T(p.nb - 1) : d;
      return std::array<T, 5>{c[0], step, d, T(0), T(0)};
    });
    const auto [by_input, by_function] = width_strides(w);
    centers.resize(size_t(p.in * p.nb));
    widths.resize(size_t(p.in * p.nb));
    for (int64_t i = 0; i < p.in; ++i)
      for (int64_t g = 0; g < p.nb; ++g) {
        centers[size_t(i * p.nb + g)] = from[(own ? i * p.nb : 0) + g];
        widths[size_t(i * p.nb + g)] = width[i * by_input + g * by_function];
      }
    p.centers = centers.data();
    p.widths = widths.data();
  }

  // Equidistant grids: the five numbers of each (see Problem), for all inputs or for every one.
  template <class F>
  void use_uniform(int64_t grids, const F& numbers) {
    const auto first = numbers(0);
    p.uniform = 1;
    p.origin = first[0], p.step = first[1], p.width = first[2];
    p.ratio = first[3], p.ratio_step = first[4];
    if (grids == 1) return;
    for (int64_t i = 0; i < grids; ++i)
      for (T number : numbers(i)) own_numbers.push_back(number);
    p.own = own_numbers.data();
  }

  // (), (1,), (num,), (in, 1) or (in, num): how far one input and one function are apart.
  std::tuple<int64_t, int64_t> width_strides(const Tensor& w) const {
    if (w.numel() == 1) return {0, 0};
    if (w.dim() == 1 && w.size(0) == p.nb) return {0, 1};
    STD_TORCH_CHECK(w.dim() == 2 && w.size(0) == p.in && (w.size(1) == 1 || w.size(1) == p.nb),
                    "kan_linear (native): widths have the wrong shape");
    return {w.size(1), w.size(1) == 1 ? 0 : 1};
  }

  void read_knots(const std::vector<Tensor>& grid) {
    STD_TORCH_CHECK(grid.size() == 1, "kan_linear (native): expected one tensor of knots");
    const Tensor& t = grid[0];
    const bool own = t.dim() == 2;
    STD_TORCH_CHECK((t.dim() == 1 || (own && t.size(0) == p.in)) &&
                        t.scalar_type() == kept[0].scalar_type(),
                    "kan_linear (native): knots have the wrong shape or type");
    const int64_t count = t.size(own ? 1 : 0);
    p.degree = int(count - p.nb - 1);
    STD_TORCH_CHECK(p.degree >= 1 && p.degree <= 5 && p.nb > p.degree,
                    "kan_linear (native): these knots don't make splines of degree 1 to 5");
    p.cells = count - 1;
    const T* from = pointer(t);
    const int64_t grids = own ? p.in : 1;
    bool even = true;
    for (int64_t i = 0; even && i < grids; ++i) even = equidistant(from + i * count, count);
    if (even) return use_uniform(grids, [&](int64_t i) {
      const T* t = from + i * count;
      return std::array<T, 5>{t[0], (t[count - 1] - t[0]) / T(count - 1), T(0), T(0), T(0)};
    });
    if (own) {
      p.centers = from;
    } else {
      for (int64_t i = 0; i < p.in; ++i) centers.insert(centers.end(), from, from + count);
      p.centers = centers.data();
    }
    const int64_t order = p.degree + 1, block = p.cells * order * order;
    pieces.assign(p.in * block, T(0));
    torch::stable::parallel_for(0, p.in, 8, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        tabulate(from + (own ? i * count : 0), pieces.data() + i * block);
    });
    p.pieces = pieces.data();
  }

  // The polynomials in t = z - t_c of the functions that live in each cell [t_c, t_{c+1}), by the
  // Cox–de Boor recursion on their coefficients.
  void tabulate(const T* knots, T* table) const {
    const int k = p.degree, order = k + 1;
    for (int64_t c = 0; c < p.cells; ++c, table += order * order) {
      if (!(knots[c + 1] > knots[c])) continue;
      double now[7][6] = {}, next[7][6];  // now[m]: function c - k + m of the degree so far
      now[k][0] = 1;
      for (int d = 1; d <= k; ++d) {
        for (int m = 0; m < order; ++m) {
          const int64_t g = c - k + m;
          for (int e = 0; e < order; ++e) next[m][e] = 0;
          if (g < 0 || g + d + 1 > p.cells) continue;
          const double rise = double(knots[g + d]) - knots[g];
          const double fall = double(knots[g + d + 1]) - knots[g + 1];
          const double from = double(knots[c]) - knots[g], to = double(knots[g + d + 1]) - knots[c];
          for (int e = 0; e < d + 1; ++e) {
            const double left = now[m][e], left_up = e ? now[m][e - 1] : 0;
            const double right = m < k ? now[m + 1][e] : 0;
            const double right_up = m < k && e ? now[m + 1][e - 1] : 0;
            if (rise > 0) next[m][e] += (from * left + left_up) / rise;
            if (fall > 0) next[m][e] += (to * right - right_up) / fall;
          }
        }
        for (int m = 0; m < order; ++m)
          for (int e = 0; e < order; ++e) now[m][e] = next[m][e];
      }
      for (int m = 0; m < order; ++m)
        if (c - k + m >= 0 && c - k + m < p.nb)
          for (int e = 0; e < order; ++e) table[m * order + e] = T(now[m][e]);
    }
  }
};

}  // namespace
}  // namespace edgewise
