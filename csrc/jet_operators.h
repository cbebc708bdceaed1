// The operators on jets: tensors with their partial derivatives, (parts, rows, features).
#pragma once
#include "call.h"
#include "dispatch.h"

namespace edgewise {
namespace {

constexpr int64_t most_parts = 512;

template <class T>
struct JetCall {
  Call<T> call;
  JetProblem<T> q{};
  std::vector<JetTerm> terms;
  const Kernels<T>& kernel;

  // `functions` of each input, of which the base activation is the last one if there is one.
  JetCall(const Tensor& x, const std::optional<Tensor>& z, int64_t functions, int64_t out,
          const std::vector<Tensor>& grid, const std::string& basis,
          const std::optional<std::string>& base, const std::optional<std::string>& norm,
          const std::vector<int64_t>& table)
      : call(checked(x), functions - (base ? 1 : 0), out, grid, basis),
        kernel(kernels<T>(call.id, call.p)) {
    STD_TORCH_CHECK(call.p.in > 0 && call.p.nb > 0,
                    "kan_jets (native): expected inputs and functions of them");
    if (z) check_shape("z", *z, {x.size(0), x.size(1), x.size(2)}, x);
    STD_TORCH_CHECK(!norm || (*norm == "tanh" && !z),
                    "kan_jets (native): expected z, or none and tanh or no normalisation");
    call.p.base = base_id(base, base.has_value());
    call.complete(kernel);
    q.p = call.p;
    q.parts = x.size(0), q.functions = functions;
    q.x = call.p.x = call.pointer(x);
    q.z = z ? call.pointer(*z) : q.x;
    q.through_tanh = norm.has_value();
    q.derive = kernel.derive;
    read_terms(table);
  }

  static const Tensor& checked(const Tensor& x) {
    STD_TORCH_CHECK(x.dim() == 3 && x.size(0) > 0 && x.size(0) <= most_parts,
                    "kan_jets (native): expected x (parts, rows, in)");
    return x;
  }

  // One number after another: part, factor, order, how many places, places; sorted by part.
  void read_terms(const std::vector<int64_t>& table) {
    const size_t size = table.size();
    for (size_t at = 0; at < size;) {
      STD_TORCH_CHECK(at + 4 <= size, "kan_jets (native): a term is cut off");
      JetTerm term{int(table[at]), int(table[at + 1]), int(table[at + 2]), int(table[at + 3]), {}};
      const bool first = terms.empty(), constant = term.part == 0;
      const int before = first ? -1 : terms.back().part;
      const bool sorted = term.part == before + 1 || (term.part == before && !constant);
      const bool known = term.order >= (constant ? 0 : 1) && term.order <= most_order &&
                         term.count == term.order && at + 4 + size_t(term.count) <= size;
      STD_TORCH_CHECK(sorted && term.part < q.parts && known && (!constant || term.order == 0),
                      "kan_jets (native): expected terms of derivatives up to the fourth order");
      for (int f = 0; f < term.count; ++f) {
        const int64_t place = table[at + 4 + size_t(f)];
        STD_TORCH_CHECK(place > 0 && place < q.parts, "kan_jets (native): a term has no such part");
        term.places[f] = int(place);
      }
      at += 4 + size_t(term.count);
      q.order = std::max(q.order, term.order);
      terms.push_back(term);
    }
    STD_TORCH_CHECK(!terms.empty() && terms.back().part == q.parts - 1,
                    "kan_jets (native): expected terms for every part");
    q.terms = terms.data(), q.num_terms = int64_t(terms.size());
  }

  void read_slopes(const Tensor& dy) {
    check_shape("dy", dy, {q.parts, q.p.rows, q.p.out}, call.kept[0]);
    q.dy = call.pointer(dy);
  }
  void read_weights(const Tensor& weights) {
    check_shape("weights", weights, {q.p.in, q.functions, q.p.out}, call.kept[0]);
    q.weights = call.pointer(weights);
  }
};

// Calls f(thread, r0, r1, scratch) such that threads share the blocks of rows.
template <class T>
int64_t count_threads(const JetProblem<T>& q) {
  const int64_t work = q.parts * q.p.rows * q.p.in * q.functions * (q.p.out + 8);
  return work < (1 << 18) ? 1 : int64_t(torch::stable::get_num_threads());
}
template <class T, class F>
void share(const JetProblem<T>& q, const Kernels<T>& kernel, int64_t threads, const F& f) {
  const int64_t blocks = (q.p.rows + kernel.jet_rows - 1) / kernel.jet_rows;
  const int64_t each = (blocks + threads - 1) / threads * kernel.jet_rows;
  const int64_t scratch = kernel.jets_scratch(q);
  torch::stable::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
    FlushDenormals scope;
    for (int64_t t = begin; t < end; ++t) {
      const int64_t r0 = std::min(t * each, q.p.rows), r1 = std::min((t + 1) * each, q.p.rows);
      f(t, r0, r1, thread_scratch<T>(scratch));
    }
  });
}

using Names = std::optional<std::string>;

template <class T>
Tensor jets(const Tensor& x, const std::optional<Tensor>& z, const Tensor& weights,
            const std::optional<Tensor>& bias, const std::vector<Tensor>& grid,
            const std::string& basis, const Names& base, const Names& norm,
            const std::vector<int64_t>& terms) {
  STD_TORCH_CHECK(weights.dim() == 3, "kan_jets (native): expected weights (in, functions, out)");
  JetCall<T> c(x, z, weights.size(1), weights.size(2), grid, basis, base, norm, terms);
  c.read_weights(weights);
  if (bias) check_shape("bias", *bias, {c.q.p.out}, x), c.q.bias = c.call.pointer(*bias);
  Tensor y = torch::stable::new_empty(x, {c.q.parts, c.q.p.rows, c.q.p.out});
  c.q.y = static_cast<T*>(y.mutable_data_ptr());
  share(c.q, c.kernel, count_threads(c.q), [&](int64_t, int64_t r0, int64_t r1, T* scratch) {
    c.kernel.jets_forward(c.q, r0, r1, scratch);
  });
  return y;
}

template <class T>
std::tuple<Tensor, Tensor, Tensor> jets_backward(
    const Tensor& dy, const Tensor& x, const std::optional<Tensor>& z, const Tensor& weights,
    const std::vector<Tensor>& grid, const std::string& basis, const Names& base,
    const Names& norm, const std::vector<int64_t>& terms, const std::vector<bool>& needs) {
  STD_TORCH_CHECK(weights.dim() == 3 && needs.size() == 3,
                  "kan_jets_backward (native): expected weights (in, functions, out), three needs");
  JetCall<T> c(x, z, weights.size(1), weights.size(2), grid, basis, base, norm, terms);
  c.read_weights(weights);
  c.read_slopes(dy);
  auto make = [&](bool wanted, std::initializer_list<int64_t> shape, T** data) {
    Tensor t = torch::stable::new_empty(
        x, wanted ? std::vector<int64_t>(shape) : std::vector<int64_t>{0});
    if (wanted) *data = static_cast<T*>(t.mutable_data_ptr());
    return t;
  };
  T* sums = nullptr;
  Tensor dx = make(needs[0], {c.q.parts, c.q.p.rows, c.q.p.in}, &c.q.dx);
  Tensor dz = make(needs[1] && z, {c.q.parts, c.q.p.rows, c.q.p.in}, &c.q.dz);
  Tensor dweights = make(needs[2], {c.q.p.in, c.q.functions, c.q.p.out}, &sums);
  const int64_t threads = count_threads(c.q), size = sums ? c.q.p.in * c.q.functions * c.q.p.out : 0;
  std::vector<T> own(size_t(size * threads), T(0));
  share(c.q, c.kernel, threads, [&](int64_t t, int64_t r0, int64_t r1, T* scratch) {
    c.kernel.jets_backward(c.q, r0, r1, sums ? own.data() + t * size : nullptr, scratch);
  });
  for (int64_t k = 0; k < size; ++k) {
    sums[k] = own[size_t(k)];
    for (int64_t t = 1; t < threads; ++t) sums[k] += own[size_t(t * size + k)];
  }
  return {dx, dz, dweights};
}

template <class T>
void write_by_weights(JetProblem<T>& q, const Kernels<T>& kernel, const Tensor& like, Tensor& to) {
  const int64_t count = q.p.in * q.functions * q.p.out;
  STD_TORCH_CHECK(to.dim() == 2 && to.size(0) == count && to.size(1) == q.p.rows &&
                      (to.stride(1) == 1 || q.p.rows < 2) && to.stride(0) >= q.p.rows &&
                      to.scalar_type() == like.scalar_type() &&
                      to.get_device_index() == like.get_device_index(),
                  "kan_jets_by_weights (native): expected room for (weights, rows)");
  q.by_weights = static_cast<T*>(to.mutable_data_ptr()), q.ld = to.stride(0);
  share(q, kernel, count_threads(q), [&](int64_t, int64_t r0, int64_t r1, T* scratch) {
    kernel.jets_by_weights(q, r0, r1, scratch);
  });
}

template <class T>
void jets_by_weights(const Tensor& dy, const Tensor& x, const std::optional<Tensor>& z,
                     int64_t functions, const std::vector<Tensor>& grid, const std::string& basis,
                     const Names& base, const Names& norm, const std::vector<int64_t>& terms,
                     Tensor& to) {
  STD_TORCH_CHECK(dy.dim() == 3, "kan_jets_by_weights (native): expected dy (parts, rows, out)");
  JetCall<T> c(x, z, functions, dy.size(2), grid, basis, base, norm, terms);
  c.read_slopes(dy);
  write_by_weights(c.q, c.kernel, x, to);
}

template <class T>
void products(const Tensor& one, const Tensor& other, Tensor& to) {
  STD_TORCH_CHECK(one.dim() == 3 && one.size(0) > 0,
                  "products_by_row (native): expected (parts, rows, features)");
  STD_TORCH_CHECK(other.dim() == 3, "products_by_row (native): expected (parts, rows, features)");
  check_shape("other", other, {one.size(0), one.size(1), other.size(2)}, one);
  JetProblem<T> q{};
  q.parts = one.size(0), q.functions = 1;
  q.p.rows = one.size(1), q.p.in = one.size(2), q.p.out = other.size(2);
  const Tensor left = torch::stable::contiguous(one), right = torch::stable::contiguous(other);
  q.x = q.z = static_cast<const T*>(left.const_data_ptr());
  q.dy = static_cast<const T*>(right.const_data_ptr());
  write_by_weights(q, kernels<T>(0, q.p), one, to);
}

// ---- entry points -----------------------------------------------------------------------------

bool is_single(const Tensor& t) {
  if (t.scalar_type() == ScalarType::Float) return true;
  STD_TORCH_CHECK(t.scalar_type() == ScalarType::Double,
                  "the native engine computes in float32 and float64");
  return false;
}

Tensor kan_jets(Tensor x, std::optional<Tensor> z, Tensor weights, std::optional<Tensor> bias,
                std::vector<Tensor> grid, std::string basis, Names base, Names norm,
                std::vector<int64_t> terms) {
  return (is_single(x) ? jets<float> : jets<double>)(x, z, weights, bias, grid, basis, base, norm,
                                                     terms);
}

std::tuple<Tensor, Tensor, Tensor> kan_jets_backward(
    Tensor dy, Tensor x, std::optional<Tensor> z, Tensor weights, std::vector<Tensor> grid,
    std::string basis, Names base, Names norm, std::vector<int64_t> terms,
    std::vector<bool> needs) {
  return (is_single(x) ? jets_backward<float> : jets_backward<double>)(
      dy, x, z, weights, grid, basis, base, norm, terms, needs);
}

void kan_jets_by_weights(Tensor dy, Tensor x, std::optional<Tensor> z, int64_t functions,
                         std::vector<Tensor> grid, std::string basis, Names base, Names norm,
                         std::vector<int64_t> terms, Tensor to) {
  (is_single(x) ? jets_by_weights<float> : jets_by_weights<double>)(
      dy, x, z, functions, grid, basis, base, norm, terms, to);
}

void products_by_row(Tensor one, Tensor other, Tensor to) {
  (is_single(one) ? products<float> : products<double>)(one, other, to);
}

}  // namespace
}  // namespace edgewise
