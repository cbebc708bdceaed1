// The CPU kernels of the operators that engines/ops.py defines, bound to their schemas through
// LibTorch's stable ABI.
//
// Python has checked shapes and types before it calls; what is checked again here is what memory
// safety rests on, since an operator can be called directly.
#include <Python.h>
#include <torch/csrc/stable/library.h>

#include <string>

#include "call.h"
#include "dispatch.h"
#include "jet_operators.h"

namespace edgewise {
namespace {

// Raised with every change of the operators' schemas, here and in engines/ops.py.
int64_t native_interface() { return 5; }

// What Python is told: "gaussian:centres rswaf:centres …".
std::string native_bases() {
  const char* const kinds[] = {"none", "centres", "knots"};
  std::string all;
  for (const BasisInfo& basis : bases)
    all += (all.empty() ? "" : " ") + std::string(basis.name) + ":" + kinds[int(basis.grid)];
  return all;
}

// Takes the tolerance of equidistance: see equidistant.h.
void native_set_tolerance(double roundings, double single_step, double double_step) {
  tolerance = {roundings, single_step, double_step};
}

// What the kernels think of each row of (rows, count) points.
bool native_equidistant(Tensor points) {
  const Tensor rows = torch::stable::contiguous(points);
  auto all = [&](auto number) {
    const auto* from = static_cast<const decltype(number)*>(rows.const_data_ptr());
    for (int64_t i = 0; i < rows.size(0); ++i)
      if (!equidistant(from + i * rows.size(1), rows.size(1))) return false;
    return true;
  };
  STD_TORCH_CHECK(rows.dim() == 2, "native_equidistant: expected rows of points");
  if (rows.scalar_type() == ScalarType::Float) return all(float{});
  STD_TORCH_CHECK(rows.scalar_type() == ScalarType::Double,
                  "the native engine computes in float32 and float64");
  return all(double{});
}

// ---- the operators ----------------------------------------------------------------------------

template <class T>
Tensor forward(const Tensor& x, const std::optional<Tensor>& z, const Tensor& coef,
               const std::optional<Tensor>& base_weight, const std::optional<Tensor>& bias,
               const std::vector<Tensor>& grid, const std::string& basis,
               const std::optional<std::string>& base, const std::optional<std::string>& norm,
               const std::vector<Tensor>& trained, const std::optional<Tensor>& coef_scale,
               const std::optional<Tensor>& mask) {
  Call<T> call(x, z, coef, base_weight, grid, basis, base, norm, trained, coef_scale, mask);
  Problem<T>& p = call.p;
  if (bias) check_shape("bias", *bias, {p.out}, coef);
  p.bias = bias ? call.pointer(*bias) : nullptr;
  Tensor y = torch::stable::new_empty(coef, {p.rows, p.out});
  T* to = static_cast<T*>(y.mutable_data_ptr());
  const Kernels<T>& kernel = kernels<T>(call.id, p);
  call.complete(kernel);
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
  // In double: what is left of many terms that cancel must not depend on who added them.
  std::vector<double> to(size_t(total.numel()), 0.0);
  const int64_t dim = like.dim();
  const bool by_input = dim == 2, by_function = dim > 0 && like.size(dim - 1) == nb && nb > 1;
  const int64_t stride = by_function ? nb : 1;
  for (int64_t i = 0; i < in; ++i)
    for (int64_t g = 0; g < nb; ++g)
      to[size_t((by_input ? i * stride : 0) + (by_function ? g : 0))] +=
          double(each[size_t(i * nb + g)]);
  std::copy(to.begin(), to.end(), static_cast<T*>(total.mutable_data_ptr()));
  return total;
}

// Threads share the inputs; where these are few and the rows many, the rows, and then every thread
// but the first has gradients of its own, which are added up in the end.
template <class T>
void run_backward(const Problem<T>& p, const Kernels<T>& kernel) {
  const int64_t scratch = kernel.backward_scratch(p), lanes = kernel.lanes;
  const int64_t tiles = (p.in + lanes - 1) / lanes;
  const int64_t work = p.rows * p.in * (p.nb + 1) * (p.out + 16);
  const int64_t threads = work < (1 << 18) ? 1 : torch::stable::get_num_threads();
  if (threads == 1 || tiles >= 4 * threads || p.rows < 64 * threads) {
    torch::stable::parallel_for(0, tiles, threads == 1 ? tiles : 1, [&](int64_t i0, int64_t i1) {
      FlushDenormals scope;
      kernel.backward(p, i0 * lanes, std::min(i1 * lanes, p.in), thread_scratch<T>(scratch));
    });
    return;
  }
  const int64_t share = ((p.rows + threads - 1) / threads + lanes - 1) / lanes * lanes;
  const int64_t edges = p.in * p.nb;
  std::vector<Problem<T>> parts(size_t(threads), p);
  std::vector<T> own;
  using P = Problem<T>;
  T* P::*const sums[] = {&P::dcoef, &P::dbase, &P::dscale, &P::dmask, &P::dcenters, &P::dwidths};
  const int64_t sizes[] = {edges * p.out, p.in * p.out, p.in * p.out, p.in * p.out, edges, edges};
  constexpr int count = std::size(sizes);
  int64_t size = 0;
  for (int k = 0; k < count; ++k) size += p.*sums[k] ? sizes[k] : 0;
  own.resize(size_t(size * (threads - 1)));
  for (int64_t t = 0; t < threads; ++t) {
    Problem<T>& q = parts[size_t(t)];
    const int64_t r0 = std::min(t * share, p.rows);
    q.rows = std::min((t + 1) * share, p.rows) - r0;
    q.x += r0 * p.in, q.z += r0 * p.in, q.dy += r0 * p.ld_dy;
    if (p.dy_turned) q.dy_turned += r0;
    if (p.dx) q.dx += r0 * p.in;
    if (p.dz) q.dz += r0 * p.in;
    T* at = own.data() + (t - 1) * size;
    for (int k = 0; t > 0 && k < count; ++k)
      if (p.*sums[k]) q.*sums[k] = at, at += sizes[k];
  }
  torch::stable::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
    FlushDenormals scope;
    for (int64_t t = begin; t < end; ++t)
      kernel.backward(parts[size_t(t)], 0, p.in, thread_scratch<T>(scratch));
  });
  for (int k = 0; k < count; ++k)
    for (int64_t t = 1; p.*sums[k] && t < threads; ++t)
      for (int64_t n = 0; n < sizes[k]; ++n) (p.*sums[k])[n] += (parts[size_t(t)].*sums[k])[n];
}

using Gradients = std::tuple<Tensor, Tensor, Tensor, Tensor, Tensor, std::vector<Tensor>,
                             std::vector<Tensor>>;

template <class T>
Gradients backward(const Tensor& dy, const Tensor& x, const std::optional<Tensor>& z,
                   const Tensor& coef, const std::optional<Tensor>& base_weight,
                   const std::vector<Tensor>& grid, const std::string& basis,
                   const std::optional<std::string>& base, const std::optional<std::string>& norm,
                   const std::vector<Tensor>& trained, const std::vector<bool>& needs,
                   const std::optional<Tensor>& coef_scale, const std::optional<Tensor>& mask) {
  Call<T> call(x, z, coef, base_weight, grid, basis, base, norm, trained, coef_scale, mask);
  Problem<T>& p = call.p;
  check_shape("dy", dy, {p.rows, p.out}, coef);
  const size_t num_trained = trained.size(), behind = 5 + grid.size(), edges = behind + num_trained;
  STD_TORCH_CHECK(needs.size() == edges || needs.size() == edges + 2,
                  "kan_linear_backward: needs has a wrong length");
  const bool to_edges = needs.size() > edges;
  bool to_trained = false;
  for (size_t k = behind; k < edges; ++k) to_trained = to_trained || needs[k];
  const Kernels<T>& kernel = kernels<T>(call.id, p);
  call.complete(kernel);

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
  const auto end = needs.begin() + int64_t(edges);
  if (std::find(needs.begin() + 5, end, true) != end || needs[0] || needs[1]) {
    // An odd number of cache lines: 1024 rows would put all outputs into one cache set.
    constexpr int64_t line = 64 / int64_t(sizeof(T));
    p.ld_turned = ((p.rows + line - 1) / line | 1) * line;
    turned.assign(size_t(p.ld_turned * p.out), T(0));
    constexpr int64_t some = 16;  // a square fits the cache, its rows and its columns
    const int64_t blocks = (p.rows + some - 1) / some, least = (1 << 15) / (some * p.out + 1) + 1;
    torch::stable::parallel_for(0, blocks, least, [&](int64_t begin, int64_t end) {
      for (int64_t r0 = begin * some; r0 < end * some; r0 += some)
        for (int64_t o0 = 0; o0 < p.out; o0 += some)
          for (int64_t o = o0; o < std::min(o0 + some, p.out); ++o)
            for (int64_t r = r0; r < std::min(r0 + some, p.rows); ++r)
              turned[size_t(o * p.ld_turned + r)] = from[r * p.ld_dy + o];
    });
    p.dy_turned = turned.data();
  }

  auto make = [&](bool wanted, std::initializer_list<int64_t> shape, T** data) {
    Tensor t = torch::stable::new_empty(
        coef, wanted ? std::vector<int64_t>(shape) : std::vector<int64_t>{0});
    if (wanted) *data = static_cast<T*>(t.mutable_data_ptr());
    return t;
  };
  T* dbias = nullptr;
  Tensor dx = make(needs[0], {p.rows, p.in}, &p.dx);
  Tensor dz = make(needs[1] && z, {p.rows, p.in}, &p.dz);
  Tensor dcoef = make(needs[2], {p.in, p.nb, p.out}, &p.dcoef);
  Tensor dbase = make(needs[3] && base_weight, {p.in, p.out}, &p.dbase);
  Tensor db = make(needs[4], {p.out}, &dbias);
  std::vector<Tensor> of_edges;  // as many as needs has entries for
  if (to_edges) of_edges.push_back(make(needs[edges] && coef_scale, {p.in, p.out}, &p.dscale));
  if (to_edges) of_edges.push_back(make(needs[edges + 1] && mask, {p.in, p.out}, &p.dmask));
  if (p.dmask && p.base_weight && !p.dbase) p.dbase = call.room_for(p.in * p.out);
  if ((p.dscale || p.dmask || (p.lines && p.dbase)) && !p.dcoef)
    p.dcoef = call.room_for(p.in * p.nb * p.out);
  const bool through_norm = call.n.kind && (needs[0] || to_trained);
  if (through_norm) p.dz = call.room_for(p.rows * p.in);
  std::vector<T> centers, widths;
  const bool has_grid = bases[call.id].grid == GridKind::centres;
  if (has_grid && needs[5]) centers.resize(size_t(p.in * p.nb)), p.dcenters = centers.data();
  if (has_grid && needs[6]) widths.resize(size_t(p.in * p.nb)), p.dwidths = widths.data();

  if (dbias) {
    std::fill_n(dbias, p.out, T(0));
    for (int64_t r = 0; r < p.rows; ++r)
      for (int64_t o = 0; o < p.out; ++o) dbias[o] += from[r * p.ld_dy + o];
  }
  if (p.dx || p.dz || p.dcoef || p.dbase || p.dcenters || p.dwidths) {
    run_backward(p, kernel);
  }
  T* dtrained[] = {nullptr, nullptr};
  std::vector<Tensor> others;
  for (size_t k = 0; k < num_trained; ++k)
    others.push_back(make(needs[behind + k], {p.in}, &dtrained[k]));
  if (through_norm) {
    call.n.dz = p.dz, call.n.dx = p.dx;
    call.normalize_backward(kernel, dtrained[0], dtrained[1]);
  }
  std::vector<Tensor> dgrid;
  for (size_t k = 0; k < grid.size(); ++k) {
    STD_TORCH_CHECK(has_grid || !needs[5 + k], "the native engine has no gradient for this grid");
    dgrid.push_back(needs[5 + k] ? sum_to_grid(k ? widths : centers, grid[k], p.in, p.nb)
                                 : torch::stable::new_empty(coef, {0}));
  }
  others.insert(others.end(), of_edges.begin(), of_edges.end());
  return {dx, dz, dcoef, dbase, db, dgrid, others};
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
                  std::optional<std::string> base, std::optional<std::string> norm,
                  std::vector<Tensor> trained, std::optional<Tensor> coef_scale,
                  std::optional<Tensor> mask) {
  if (is_half(coef)) {
    const ScalarType wide = ScalarType::Float;
    return as(kan_linear(as(x, wide), as(z, wide), as(coef, wide), as(base_weight, wide),
                         as(bias, wide), as(grid, wide), basis, base, norm, as(trained, wide),
                         as(coef_scale, wide), as(mask, wide)),
              coef.scalar_type());
  }
  if (coef.scalar_type() == ScalarType::Float)
    return forward<float>(x, z, coef, base_weight, bias, grid, basis, base, norm, trained,
                          coef_scale, mask);
  STD_TORCH_CHECK(coef.scalar_type() == ScalarType::Double,
                  "the native engine computes in float32 and float64");
  return forward<double>(x, z, coef, base_weight, bias, grid, basis, base, norm, trained,
                         coef_scale, mask);
}

Gradients kan_linear_backward(Tensor dy, Tensor x, std::optional<Tensor> z, Tensor coef,
                              std::optional<Tensor> base_weight, std::optional<Tensor> bias,
                              std::vector<Tensor> grid, std::string basis,
                              std::optional<std::string> base, std::optional<std::string> norm,
                              std::vector<Tensor> trained, std::vector<bool> needs,
                              std::optional<Tensor> coef_scale, std::optional<Tensor> mask) {
  if (is_half(coef)) {
    const ScalarType wide = ScalarType::Float, narrow = coef.scalar_type();
    auto [a, b, c, d, e, f, g] =
        kan_linear_backward(as(dy, wide), as(x, wide), as(z, wide), as(coef, wide),
                            as(base_weight, wide), std::nullopt, as(grid, wide), basis, base, norm,
                            as(trained, wide), needs, as(coef_scale, wide), as(mask, wide));
    return {as(a, narrow), as(b, narrow), as(c, narrow),
            as(d, narrow), as(e, narrow), as(f, narrow), as(g, narrow)};
  }
  if (coef.scalar_type() == ScalarType::Float)
    return backward<float>(dy, x, z, coef, base_weight, grid, basis, base, norm, trained, needs,
                           coef_scale, mask);
  STD_TORCH_CHECK(coef.scalar_type() == ScalarType::Double,
                  "the native engine computes in float32 and float64");
  return backward<double>(dy, x, z, coef, base_weight, grid, basis, base, norm, trained, needs,
                          coef_scale, mask);
}

}  // namespace
}  // namespace edgewise

STABLE_TORCH_LIBRARY_IMPL(edgewise, CPU, m) {
  m.impl("kan_linear", TORCH_BOX(&edgewise::kan_linear));
  m.impl("kan_linear_backward", TORCH_BOX(&edgewise::kan_linear_backward));
  m.impl("kan_jets", TORCH_BOX(&edgewise::kan_jets));
  m.impl("kan_jets_backward", TORCH_BOX(&edgewise::kan_jets_backward));
  m.impl("kan_jets_by_weights", TORCH_BOX(&edgewise::kan_jets_by_weights));
  m.impl("products_by_row", TORCH_BOX(&edgewise::products_by_row));
  m.impl("native_equidistant", TORCH_BOX(&edgewise::native_equidistant));
}

STABLE_TORCH_LIBRARY_IMPL(edgewise, CompositeExplicitAutograd, m) {
  m.impl("native_isa", TORCH_BOX(&edgewise::native_isa));
  m.impl("native_bases", TORCH_BOX(&edgewise::native_bases));
  m.impl("native_set_tolerance", TORCH_BOX(&edgewise::native_set_tolerance));
  m.impl("native_interface", TORCH_BOX(&edgewise::native_interface));
}

// Python's import system wants this; everything else happens when the library is loaded.
extern "C" __attribute__((visibility("default"))) PyObject* PyInit__C(void) {
  static PyModuleDef module = {PyModuleDef_HEAD_INIT, "_C", nullptr, -1, nullptr,
                               nullptr,               nullptr, nullptr, nullptr};
  return PyModule_Create(&module);
}
