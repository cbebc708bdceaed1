"""The native engine: C++ on the CPU, bound to the operators of :mod:`edgewise.engines.ops`.

The extension is optional. Without it (no compiler when edgewise was installed) the package runs on
the reference engine, and :func:`unavailable` says why.
"""

from __future__ import annotations

import importlib.machinery
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from edgewise.engines import ops

BASES = frozenset({"gaussian", "rswaf", "bspline", "legendre", "chebyshev", "fourier"})
ACTIVATIONS = (None, "silu", "identity")
DTYPES = (torch.float32, torch.float64, torch.bfloat16, torch.float16)
ISA_LEVELS = ("baseline", "avx2", "avx512")


def _load() -> str | None:
    """Load the extension; None, or why that can't be done."""
    folder = Path(__file__).parent.parent
    names = [f"_C{suffix}" for suffix in importlib.machinery.EXTENSION_SUFFIXES]
    found = [folder / name for name in names if (folder / name).exists()]
    if not found:
        return "the C++ extension wasn't built: install a C++20 compiler and reinstall edgewise"
    try:
        torch.ops.load_library(str(found[0]))
    except OSError as error:
        return f"the C++ extension doesn't load here ({error}): reinstall edgewise"
    return None


_OBSTACLE = _load()


def unavailable() -> str | None:
    """Why there is no native engine, or None if there is one."""
    return _OBSTACLE


def isa() -> str:
    """The instruction set in force: "baseline", "avx2" or "avx512".

    Raises:
        RuntimeError: if there is no native engine.
    """
    _require()
    return str(torch.ops.edgewise.native_isa(""))


def isa_levels() -> tuple[str, ...]:
    """The instruction sets that this machine has, least first."""
    _require()
    before, found = isa(), []
    for level in ISA_LEVELS:
        try:
            torch.ops.edgewise.native_isa(level)
        except RuntimeError:
            break
        found.append(level)
    torch.ops.edgewise.native_isa(before)
    return tuple(found)


@contextmanager
def use_isa(level: str) -> Iterator[None]:
    """Compute with that instruction set inside the block, in every thread.

    Raises:
        RuntimeError: if this machine doesn't have it.
    """
    before = isa()
    torch.ops.edgewise.native_isa(level)
    try:
        yield
    finally:
        torch.ops.edgewise.native_isa(before)


def _require() -> None:
    if reason := unavailable():
        raise RuntimeError(f"expected the native engine, but {reason}")


__all__ = ["ACTIVATIONS", "BASES", "DTYPES", "isa", "isa_levels", "ops", "unavailable", "use_isa"]
