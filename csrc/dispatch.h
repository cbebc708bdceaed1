// Instruction sets: which one is in force, and its kernels for a basis.
#pragma once
#include <torch/headeronly/util/Exception.h>

#include <atomic>
#include <string>

#include "problem.h"

namespace edgewise {

const Kernels<float>* find_baseline(float, int id, int degree, bool few);
const Kernels<double>* find_baseline(double, int id, int degree, bool few);
#if defined(__x86_64__)
const Kernels<float>* find_avx2(float, int id, int degree, bool few);
const Kernels<double>* find_avx2(double, int id, int degree, bool few);
const Kernels<float>* find_avx512(float, int id, int degree, bool few);
const Kernels<double>* find_avx512(double, int id, int degree, bool few);
#endif

namespace {

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
const Kernels<T>& kernels(int id, const Problem<T>& p) {
  const Kernels<T>* found = nullptr;
  const bool few = p.few();
#if defined(__x86_64__)
  if (current_isa == isa_avx512) found = find_avx512(T{}, id, p.degree, few);
  if (current_isa == isa_avx2) found = find_avx2(T{}, id, p.degree, few);
#endif
  if (!found) found = find_baseline(T{}, id, p.degree, few);
  STD_TORCH_CHECK(found, "no native kernel for this basis");
  return *found;
}

}  // namespace
}  // namespace edgewise
