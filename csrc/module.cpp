// The CPU kernels of edgewise::kan_linear and edgewise::kan_linear_backward, bound through
// LibTorch's stable ABI to the schemas that engines/ops.py defines.
//
// Python has checked shapes and types before it calls; what is checked again here is what memory
// safety rests on, since an operator can be called directly.
#include <Python.h>
#include <torch/csrc/stable/library.h>
#include <torch/csrc/stable/ops.h>
#include <torch/csrc/stable/tensor.h>
#include <torch/headeronly/util/Exception.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "problem.h"

namespace edgewise {

const Kernels<float>* find_baseline(float, int id, int degree);
const Kernels<double>* find_baseline(double, int id, int degree);
#if defined(__x86_64__)
const Kernels<float>* find_avx2(float, int id, int degree);
const Kernels<double>* find_avx2(double, int id, int degree);
const Kernels<float>* find_avx512(float, int id, int degree);
const Kernels<double>* find_avx512(double, int id, int degree);
#endif

namespace {

using torch::headeronly::ScalarType;
using torch::stable::Tensor;

// ---- instruction sets -------------------------------------------------------------------------

enum Isa : int { isa_baseline, isa_avx2, isa_avx512 };
const char* const isa_names[] = {"baseline", "avx2", "avx512"};

Isa best_isa() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("fma"))
    return isa_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return isa_avx2;
#endif
  return isa_baseline;
}

std::atomic<int> current_isa{best_isa()};

// Selects an instruction set by name ("" only asks); returns the one in force.
std::string native_isa(std::string name) {
  for (int isa = isa_baseline; isa <= isa_avx512; ++isa)
    if (name == isa_names[isa]) {
      STD_TORCH_CHECK(isa <= best_isa(), "this machine doesn't have ", name);
      current_isa = isa;
      return name;
    }
  STD_TORCH_CHECK(name.empty(), "expected baseline, avx2 or avx512; got ", name);
  return isa_names[current_isa];
}

template <class T>
const Kernels<T>& kernels(int id, int degree) {
  const Kernels<T>* found = nullptr;
#if defined(__x86_64__)
  if (current_isa == isa_avx512) found = find_avx512(T{}, id, degree);
  if (current_isa == isa_avx2) found = find_avx2(T{}, id, degree);
#endif
  if (!found) found = find_baseline(T{}, id, degree);
  STD_TORCH_CHECK(found, "no native kernel for this basis");
  return *found;
}

// ---- arguments --------------------------------------------------------------------------------

int basis_id(const std::string& spec) {
  const char* const names[] = {"gaussian", "rswaf", "bspline", "legendre", "chebyshev", "fourier"};
  for (int id = 0; id < 6; ++id)
    if (spec.find(std::string("\"name\": \"") + names[id] + "\"") != std::string::npos) return id;
  STD_TORCH_CHECK(false, "the native engine doesn't know the basis ", spec);
  return -1;
}

int base_id(const std::optional<std::string>& base, bool present) {
  if (!present) return base_none;
  STD_TORCH_CHECK(base.has_value() && (*base == "silu" || *base == "identity"),
                  "the native engine knows the base activations silu and identity");
  return *base == "silu" ? base_silu : base_identity;
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
bool equidistant(const T* values, int64_t count) {
  if (count < 2) return true;
  const double first = values[0], last = values[count - 1], step = (last - first) / (count - 1);
  const double scale = std::max(std::fabs(first), std::fabs(last));
  // No more than rounding accounts for, and little against a step.
  const double tolerance = std::min(4 * double(std::numeric_limits<T>::epsilon()) * scale,
                                    (sizeof(T) == 4 ? 1e-5 : 1e-12) * step);
  if (!(step > 0)) return false;
  for (int64_t k = 1; k < count; ++k)
    if (!(std::fabs(values[k] - (first + step * k)) <= tolerance)) return false;
  return true;
}

// ---- one call ---------------------------------------------------------------------------------

// Tensors made contiguous, grids unrolled, and the Problem that points into them.
template <class T>
struct Call {
  static constexpr int64_t room = 64;  // more than the widest tile

  Problem<T> p{};
  int id;
  std::vector<Tensor> kept;
  std::vector<T> centers, widths, pieces, first_coef, last_coef, last_base, dy_padded;

  const T* pointer(const Tensor& t) {
    kept.push_back(t.is_contiguous() ? t : torch::stable::contiguous(t));
    return static_cast<const T*>(kept.back().const_data_ptr());
  }

  Call(const Tensor& x, const std::optional<Tensor>& z, const Tensor& coef,
       const std::optional<Tensor>& base_weight, const std::vector<Tensor>& grid,
       const std::string& basis, const std::optional<std::string>& base)
      : id(basis_id(basis)) {
    STD_TORCH_CHECK(x.dim() == 2 && coef.dim() == 3 && coef.size(0) == x.size(1) &&
                        coef.size(0) > 0 && coef.size(1) > 0,
                    "kan_linear (native): expected x (rows, in) and coef (in, num_basis, out)");
    p.rows = x.size(0), p.in = x.size(1), p.nb = coef.size(1), p.out = coef.size(2);
    check_shape("x", x, {p.rows, p.in}, coef);
    if (z) check_shape("normalized", *z, {p.rows, p.in}, x);
    if (base_weight) check_shape("base_weight", *base_weight, {p.in, p.out}, coef);
    p.x = pointer(x);
    p.z = z ? pointer(*z) : p.x;
    p.coef = pointer(coef);
    p.base_weight = base_weight ? pointer(*base_weight) : nullptr;
    p.base = base_id(base, base_weight.has_value());
    if (id == id_bspline) read_knots(grid);
    else if (id == id_gaussian || id == id_rswaf) read_centers(grid);
    else STD_TORCH_CHECK(grid.empty(), "kan_linear (native): this basis has no grid");
    copy_ends();
    if (id == id_fourier) STD_TORCH_CHECK(p.nb % 2 == 0, "fourier expects an even num_basis");
  }

  const Kernels<T>& kernels() const { return edgewise::kernels<T>(id, p.degree); }

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
    if (!own && w.numel() == 1 && width[0] > 0 && equidistant(from, p.nb)) {
      p.uniform = 1;
      p.origin = from[0];
      p.width = width[0];
      p.step = p.nb > 1 ? (from[p.nb - 1] - from[0]) / T(p.nb - 1) : p.width;
      const double rho = double(p.step) / p.width, delta = 2.0 * p.step * p.width;
      p.ratio = T(id == id_gaussian ? std::exp(-rho * rho) : std::exp(-delta));
      p.ratio_step = T(std::exp(-2 * rho * rho));
      return;
    }
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
    if (!own && equidistant(from, count)) {
      p.uniform = 1;
      p.origin = from[0];
      p.step = (from[count - 1] - from[0]) / T(count - 1);
      return;
    }
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

template <class T>
Tensor forward(const Tensor& x, const std::optional<Tensor>& z, const Tensor& coef,
               const std::optional<Tensor>& base_weight, const std::optional<Tensor>& bias,
               const std::vector<Tensor>& grid, const std::string& basis,
               const std::optional<std::string>& base) {
  Call<T> call(x, z, coef, base_weight, grid, basis, base);
  Problem<T>& p = call.p;
  if (bias) check_shape("bias", *bias, {p.out}, coef);
  p.bias = bias ? call.pointer(*bias) : nullptr;
  Tensor y = torch::stable::new_empty(coef, {p.rows, p.out});
  T* to = static_cast<T*>(y.mutable_data_ptr());
  const Kernels<T>& kernel = call.kernels();
  const int64_t scratch = kernel.forward_scratch(p);
  const int64_t work = p.rows * p.in * (p.nb + 1) * (p.out + 16);
  const int64_t threads = work < (1 << 18) ? 1 : torch::stable::get_num_threads();
  // Few rows: threads share the inputs, so that the coefficients are read once, not once each.
  const int64_t tiles = (p.in + kernel.lanes - 1) / kernel.lanes;
  if (threads > 1 && p.rows < 48 * threads && tiles >= 2 * threads) {
    const int64_t size = p.rows * p.out, share = (tiles + threads - 1) / threads * kernel.lanes;
    std::vector<T> parts(size_t(size * (threads - 1)));
    torch::stable::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
      FlushDenormals scope;
      for (int64_t t = begin; t < end; ++t) {
        T* part = t == 0 ? to : parts.data() + (t - 1) * size;
        const int64_t i0 = std::min(t * share, p.in), i1 = std::min((t + 1) * share, p.in);
        kernel.forward(p, 0, p.rows, i0, i1, part, p.out, thread_scratch<T>(scratch));
      }
    });
    for (int64_t t = 0; t < threads - 1; ++t)
      for (int64_t k = 0; k < size; ++k) to[k] += parts[size_t(t * size + k)];
    return y;
  }
  const int64_t share = ((p.rows + threads - 1) / threads + 11) / 12 * 12;
  torch::stable::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
    FlushDenormals scope;
    for (int64_t t = begin; t < end; ++t) {
      const int64_t r0 = std::min(t * share, p.rows), r1 = std::min((t + 1) * share, p.rows);
      kernel.forward(p, r0, r1, 0, p.in, to + r0 * p.out, p.out, thread_scratch<T>(scratch));
    }
  });
  return y;
}

// Sums (in, num_basis) partial gradients to the shape of a grid tensor.
template <class T>
Tensor sum_to_grid(const std::vector<T>& each, const Tensor& like, int64_t in, int64_t nb) {
  Tensor total = torch::stable::new_zeros(like, like.sizes());
  T* to = static_cast<T*>(total.mutable_data_ptr());
  const int64_t dim = like.dim();
  const bool by_input = dim == 2, by_function = dim > 0 && like.size(dim - 1) == nb && nb > 1;
  const int64_t stride = by_function ? nb : 1;
  for (int64_t i = 0; i < in; ++i)
    for (int64_t g = 0; g < nb; ++g)
      to[(by_input ? i * stride : 0) + (by_function ? g : 0)] += each[size_t(i * nb + g)];
  return total;
}

using Gradients = std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor, std::vector<Tensor>>;

template <class T>
Gradients backward(const Tensor& dy, const Tensor& x, const std::optional<Tensor>& z,
                   const Tensor& coef, const std::optional<Tensor>& base_weight,
                   const std::vector<Tensor>& grid, const std::string& basis,
                   const std::optional<std::string>& base, const std::vector<bool>& needs) {
  Call<T> call(x, z, coef, base_weight, grid, basis, base);
  Problem<T>& p = call.p;
  check_shape("dy", dy, {p.rows, p.out}, coef);
  STD_TORCH_CHECK(needs.size() == 5 + grid.size(), "kan_linear_backward: needs has a wrong length");
  const Kernels<T>& kernel = call.kernels();

  p.ld_dy = (p.out + kernel.lanes - 1) / kernel.lanes * kernel.lanes;
  const T* from = call.pointer(dy);
  if (p.ld_dy != p.out) {
    call.dy_padded.assign(size_t(p.rows * p.ld_dy), T(0));
    for (int64_t r = 0; r < p.rows; ++r)
      std::copy_n(from + r * p.out, p.out, call.dy_padded.data() + r * p.ld_dy);
    from = call.dy_padded.data();
  }
  p.dy = from;
  std::vector<T> turned;
  if (needs[0] || needs[1] || (needs.size() > 5 && (needs[5] || needs.back()))) {
    // An odd number of cache lines: 1024 rows would put all outputs into one cache set.
    constexpr int64_t line = 64 / int64_t(sizeof(T));
    p.ld_turned = ((p.rows + line - 1) / line | 1) * line;
    turned.assign(size_t(p.ld_turned * p.out), T(0));
    constexpr int64_t some = 16;  // a square fits the cache, its rows and its columns
    for (int64_t r0 = 0; r0 < p.rows; r0 += some)
      for (int64_t o0 = 0; o0 < p.out; o0 += some)
        for (int64_t o = o0; o < std::min(o0 + some, p.out); ++o)
          for (int64_t r = r0; r < std::min(r0 + some, p.rows); ++r)
            turned[size_t(o * p.ld_turned + r)] = from[r * p.ld_dy + o];
    p.dy_turned = turned.data();
  }

  auto make = [&](bool wanted, std::initializer_list<int64_t> shape, T** data) {
    Tensor t = wanted ? torch::stable::new_empty(coef, std::vector<int64_t>(shape))
                      : torch::stable::new_empty(coef, {0});
    if (wanted) *data = static_cast<T*>(t.mutable_data_ptr());
    return t;
  };
  T* dbias = nullptr;
  Tensor dx = make(needs[0], {p.rows, p.in}, &p.dx);
  Tensor dz = make(needs[1] && z, {p.rows, p.in}, &p.dz);
  Tensor dcoef = make(needs[2], {p.in, p.nb, p.out}, &p.dcoef);
  Tensor dbase = make(needs[3] && base_weight, {p.in, p.out}, &p.dbase);
  Tensor db = make(needs[4], {p.out}, &dbias);
  std::vector<T> centers, widths;
  const bool has_grid = id_gaussian == call.id || id_rswaf == call.id;
  if (has_grid && needs[5]) centers.resize(size_t(p.in * p.nb)), p.dcenters = centers.data();
  if (has_grid && needs[6]) widths.resize(size_t(p.in * p.nb)), p.dwidths = widths.data();

  if (dbias) {
    std::fill_n(dbias, p.out, T(0));
    for (int64_t r = 0; r < p.rows; ++r)
      for (int64_t o = 0; o < p.out; ++o) dbias[o] += from[r * p.ld_dy + o];
  }
  if (p.dx || p.dz || p.dcoef || p.dbase || p.dcenters || p.dwidths) {
    const int64_t scratch = kernel.backward_scratch(p), lanes = kernel.lanes;
    const int64_t tiles = (p.in + lanes - 1) / lanes;
    const int64_t work = p.rows * p.in * (p.nb + 1) * (p.out + 16);
    torch::stable::parallel_for(
        0, tiles, work < (1 << 18) ? tiles : 1, [&](int64_t begin, int64_t end) {
          FlushDenormals scope;
          kernel.backward(p, begin * lanes, std::min(end * lanes, p.in),
                          thread_scratch<T>(scratch));
        });
  }
  std::vector<Tensor> dgrid;
  for (size_t k = 0; k < grid.size(); ++k) {
    STD_TORCH_CHECK(has_grid || !needs[5 + k], "the native engine has no gradient for this grid");
    dgrid.push_back(needs[5 + k] ? sum_to_grid(k ? widths : centers, grid[k], p.in, p.nb)
                                 : torch::stable::new_empty(coef, {0}));
  }
  return {dx, dz, dcoef, dbase, db, dgrid};
}

// ---- entry points -----------------------------------------------------------------------------

bool is_half(const Tensor& t) {
  return t.scalar_type() == ScalarType::Half || t.scalar_type() == ScalarType::BFloat16;
}
Tensor as(const Tensor& t, ScalarType type) { return torch::stable::to(t, type); }
std::optional<Tensor> as(const std::optional<Tensor>& t, ScalarType type) {
  return t ? std::optional<Tensor>(as(*t, type)) : std::nullopt;
}
std::vector<Tensor> as(const std::vector<Tensor>& tensors, ScalarType type) {
  std::vector<Tensor> converted;
  for (const Tensor& t : tensors) converted.push_back(as(t, type));
  return converted;
}

Tensor kan_linear(Tensor x, std::optional<Tensor> z, Tensor coef, std::optional<Tensor> base_weight,
                  std::optional<Tensor> bias, std::vector<Tensor> grid, std::string basis,
                  std::optional<std::string> base) {
  if (is_half(coef)) {
    const ScalarType wide = ScalarType::Float;
    return as(kan_linear(as(x, wide), as(z, wide), as(coef, wide), as(base_weight, wide),
                         as(bias, wide), as(grid, wide), basis, base),
              coef.scalar_type());
  }
  if (coef.scalar_type() == ScalarType::Float)
    return forward<float>(x, z, coef, base_weight, bias, grid, basis, base);
  STD_TORCH_CHECK(coef.scalar_type() == ScalarType::Double,
                  "the native engine computes in float32 and float64");
  return forward<double>(x, z, coef, base_weight, bias, grid, basis, base);
}

Gradients kan_linear_backward(Tensor dy, Tensor x, std::optional<Tensor> z, Tensor coef,
                              std::optional<Tensor> base_weight, std::vector<Tensor> grid,
                              std::string basis, std::optional<std::string> base,
                              std::vector<bool> needs) {
  if (is_half(coef)) {
    const ScalarType wide = ScalarType::Float, narrow = coef.scalar_type();
    auto [a, b, c, d, e, f] =
        kan_linear_backward(as(dy, wide), as(x, wide), as(z, wide), as(coef, wide),
                            as(base_weight, wide), as(grid, wide), basis, base, needs);
    return {as(a, narrow), as(b, narrow), as(c, narrow),
            as(d, narrow), as(e, narrow), as(f, narrow)};
  }
  if (coef.scalar_type() == ScalarType::Float)
    return backward<float>(dy, x, z, coef, base_weight, grid, basis, base, needs);
  STD_TORCH_CHECK(coef.scalar_type() == ScalarType::Double,
                  "the native engine computes in float32 and float64");
  return backward<double>(dy, x, z, coef, base_weight, grid, basis, base, needs);
}

}  // namespace
}  // namespace edgewise

STABLE_TORCH_LIBRARY_IMPL(edgewise, CPU, m) {
  m.impl("kan_linear", TORCH_BOX(&edgewise::kan_linear));
  m.impl("kan_linear_backward", TORCH_BOX(&edgewise::kan_linear_backward));
}

STABLE_TORCH_LIBRARY_IMPL(edgewise, CompositeExplicitAutograd, m) {
  m.impl("native_isa", TORCH_BOX(&edgewise::native_isa));
}

// Python's import system wants this; everything else happens when the library is loaded.
extern "C" __attribute__((visibility("default"))) PyObject* PyInit__C(void) {
  static PyModuleDef module = {PyModuleDef_HEAD_INIT, "_C", nullptr, -1, nullptr,
                               nullptr,               nullptr, nullptr, nullptr};
  return PyModule_Create(&module);
}
