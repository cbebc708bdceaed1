"""Small faults for C++: all that were drawn in one build, each behind a number that turns it on.

A build for each fault would take longer than all of its tests.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.mutation.mutants import Mutant

OTHER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
         "+": "-", "-": "+", "*": "+", "min": "max", "max": "min"}  # fmt: skip
_NAME = r"(?:[A-Za-z_][\w.]*|\d+)"
# Whole operands only, with nothing beside them that binds more tightly.
_BEFORE = r"(?:(?<=\()|(?<=\[)|(?<=[,=;?] )|(?<=return )|(?<=&& )|(?<=\|\| ))"
_AFTER = r"(?=[;),\]]| \?| &&| \|\|)"
_PAIR = re.compile(rf"{_BEFORE}({_NAME}) (<|<=|>|>=|==|!=|\+|-|\*) ({_NAME}){_AFTER}")
_STATEMENT = re.compile(r"^\s*(\*?[\w.]+(?:\[[^\]=]*\])* [-+*]?= [^=;{]*;)\s*$")
_CONSTANT = re.compile(r"(?<=[-+*/<>=] )\d+(?=[;),\]])")
_EXTREME = re.compile(r"std::(min|max)(?=\()")
_SKIP = re.compile(
    r"^\s*(//|#|template|case|using|struct|enum)|constexpr|static|STD_TORCH_CHECK|_impl\("
)
SWITCH = """
#pragma once
#include <algorithm>
extern int edgewise_fault;
#define EW_FAULT(K) (__builtin_expect(edgewise_fault == (K), 0))
template <int K, class T> inline T ew_min(T a, T b) {
  return EW_FAULT(K) ? std::max(a, b) : std::min(a, b);
}
template <int K, class T> inline T ew_max(T a, T b) {
  return EW_FAULT(K) ? std::min(a, b) : std::max(a, b);
}
"""
SET = """
int edgewise_fault = 0;
extern "C" __attribute__((visibility("default"))) void edgewise_set_fault(int k) {
  edgewise_fault = k;
}
namespace edgewise {
template <class T> struct Kernels;
// Two of the three instruction sets are left out: they are made of the same headers.
const Kernels<float>* find_avx2(float, int, int) { return nullptr; }
const Kernels<double>* find_avx2(double, int, int) { return nullptr; }
const Kernels<float>* find_baseline(float, int, int) { return nullptr; }
const Kernels<double>* find_baseline(double, int, int) { return nullptr; }
}
"""
FLAGS = [
    *("-O1", "-g0", "-std=c++20", "-fPIC", "-fvisibility=hidden", "-Wno-psabi", "-w"),
    *("-DTORCH_TARGET_VERSION=0x020a000000000000", "-DPy_LIMITED_API=0x030A0000"),
    *("-DTORCH_EXTENSION_NAME=_C", "-include", "csrc/fault.h"),
]
UNITS = ("module", "isa_avx512", "fault")


def cpp_mutants(root: Path, file: str) -> list[Mutant]:
    """All faults that can be put into a file of C++."""
    found, at = [], 0
    for number, line in enumerate((root / file).read_bytes().splitlines(keepends=True), 1):
        text = line.decode()
        for start, end, kind, after in [] if _SKIP.search(text) else _spots(text.split("//")[0]):
            where = (at + len(text[:k].encode()) for k in (start, end))
            found.append(Mutant("csrc", file, number, *where, kind, text[start:end], after))
        at += len(line)
    return found


def _spots(line: str) -> Iterator[tuple[int, int, str, str]]:
    """Where on a line, the kind of the fault, and what it says then."""
    for match in _PAIR.finditer(line):
        left, sign, right = match.groups()
        kind = "arithmetic" if sign in "+-*" else "comparison"
        yield *match.span(), kind, f"{left} {OTHER[sign]} {right}"
    for match in _EXTREME.finditer(line):
        yield *match.span(), "call", f"std::{OTHER[match[1]]}"
    for match in _CONSTANT.finditer(line):
        yield *match.span(), "constant", str(int(match[0]) + 1)
    if match := _STATEMENT.match(line):
        yield *match.span(1), "statement", ";"
    if match := re.search(r"\bif \(", line):
        depth, end = 1, match.end()
        while end < len(line) and depth:
            depth += {"(": 1, ")": -1}.get(line[end], 0)
            end += 1
        if not depth:
            before = line[match.end() : end - 1]
            yield match.end(), end - 1, "condition", f"!({before})"


def _switched(mutant: Mutant, number: int) -> str:
    """The text that has the fault where ``number`` is turned on."""
    if mutant.kind == "call":
        return f"ew_{mutant.before[5:]}<{number}>"
    if mutant.kind == "statement":
        return f"if (!EW_FAULT({number})) {mutant.before}"
    if mutant.kind == "condition":
        return f"bool({mutant.before}) != EW_FAULT({number})"
    return f"(EW_FAULT({number}) ? ({mutant.after}) : ({mutant.before}))"


def build(root: Path, wanted: Sequence[Mutant]) -> list[Mutant]:
    """Build the extension of ``root`` with these faults, numbered from 1; those that compile.

    A fault that can't wait until the program runs, in the size of an array for one, is dropped.

    Raises:
        RuntimeError: if something else doesn't compile.
    """
    kept = _without_overlaps(wanted)
    sources = {m.file: (root / m.file).read_bytes() for m in kept}
    (root / "csrc" / "fault.h").write_text(SWITCH)
    (root / "csrc" / "fault.cpp").write_text(SET)
    while True:
        _write(root, sources, kept)
        said = "".join(_run(root, _compiler(name, "-fsyntax-only")) for name in UNITS)
        bad = {
            (f"csrc/{f}", int(n)) for f, n in re.findall(r"csrc/(\w+\.\w+):(\d+):\d+: err", said)
        }
        if not said:
            break
        left = [m for m in kept if (m.file, m.line) not in bad]
        if len(left) == len(kept):
            raise RuntimeError(f"expected C++ that compiles, got {said[:1000]}")
        kept = left
    for name in UNITS:
        if said := _run(root, [*_compiler(name, "-c"), "-o", f"{name}.o"]):
            raise RuntimeError(f"expected C++ that compiles, got {said[:1000]}")
    _link(root)
    return kept


def turn_on(root: Path, number: int) -> None:
    """Turn a fault on in this process, where the extension of ``root`` is loaded."""
    ctypes.CDLL(str(library(root))).edgewise_set_fault(number)


def library(root: Path) -> Path:
    """The compiled extension in a tree."""
    (found,) = (root / "src" / "edgewise").glob("_C*.so")
    return found


def _without_overlaps(wanted: Sequence[Mutant]) -> list[Mutant]:
    kept: list[Mutant] = []
    for m in wanted:
        if all(m.file != k.file or m.end <= k.start or k.end <= m.start for k in kept):
            kept.append(m)
    return kept


def _write(root: Path, sources: dict[str, bytes], kept: Sequence[Mutant]) -> None:
    """Write the sources with all faults in them; every line keeps its number."""
    for file, source in sources.items():
        numbered = [(m, n) for n, m in enumerate(kept, 1) if m.file == file]
        for m, number in sorted(numbered, key=lambda pair: -pair[0].start):
            source = source[: m.start] + _switched(m, number).encode() + source[m.end :]
        (root / file).write_bytes(source)


def _compiler(name: str, mode: str) -> list[str]:
    from torch.utils.cpp_extension import include_paths

    where = [f"-I{path}" for path in [*include_paths(), sysconfig.get_path("include")]]
    return ["g++", *FLAGS, *where, mode, f"csrc/{name}.cpp"]


def _link(root: Path) -> None:
    from torch.utils.cpp_extension import library_paths

    where = [f"-L{path}" for path in library_paths()]
    objects = [f"{name}.o" for name in UNITS]
    command = ["g++", "-shared", *objects, *where, "-lc10", "-ltorch", "-ltorch_cpu"]
    if said := _run(root, [*command, "-o", str(library(root))]):
        raise RuntimeError(f"expected objects that link, got {said[:1000]}")


def _run(root: Path, command: list[str]) -> str:
    """What a compiler complains of; nothing where it made what it should."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stderr or "failed"
