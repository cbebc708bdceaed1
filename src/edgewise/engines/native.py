"""The native engine: C++ kernels on the CPU, bound to the operators of :mod:`edgewise.engines.ops`.

The extension is optional. Without it (if there was no compiler at installation) the package uses
the reference engine, and :func:`unavailable` gives the reason.
"""

from __future__ import annotations

import importlib.machinery
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import torch
from torch import Tensor

from edgewise.bases.jets import Jets
from edgewise.bases.points import OF_A_STEP, ROUNDINGS
from edgewise.engines import jet_ops, ops
from edgewise.engines.call import Call
from edgewise.engines.engine import Engine

DTYPES = (torch.float32, torch.float64, torch.bfloat16, torch.float16)
JET_DTYPES = DTYPES[:2]
MOST_ORDER = 4
"""Highest order of derivatives in its jets: ``most_order`` in csrc/problem.h."""
ACTIVATIONS = (None, "silu", "identity")
NORMALIZATIONS = (None, "layer", "affine", "tanh")
ISA_LEVELS = ("baseline", "avx2", "avx512")
_OTHER_SOURCES = "the C++ extension was built from other sources: reinstall edgewise"


def _load() -> str | None:
    """Load the extension; None on success, else the reason for the failure."""
    folder = Path(__file__).parent.parent
    names = [f"_C{suffix}" for suffix in importlib.machinery.EXTENSION_SUFFIXES]
    found = [folder / name for name in names if (folder / name).exists()]
    if not found:
        return "the C++ extension wasn't built: install a C++20 compiler and reinstall edgewise"
    try:
        torch.ops.load_library(str(found[0]))
        if torch.ops.edgewise.native_interface() != ops.INTERFACE:
            return _OTHER_SOURCES
        torch.ops.edgewise.native_set_tolerance(ROUNDINGS, *OF_A_STEP.values())
        _GRIDS.update(entry.split(":") for entry in torch.ops.edgewise.native_bases().split())
        _BEST.append(str(torch.ops.edgewise.native_isa("")))
    except OSError as error:
        return f"the C++ extension doesn't load here ({error}): reinstall edgewise"
    except NotImplementedError:  # the extension lacks one of these operators
        return _OTHER_SOURCES
    return None


_GRIDS: dict[str, str] = {}
"""The extension's bases, and the kind of their grids: none, centres or knots."""
_BEST: list[str] = []
"""The best instruction set of this machine, which is the extension's default."""
_OBSTACLE = _load()


class NativeEngine(Engine):
    """C++ kernels on the CPU that evaluate the basis tile by tile, behind the operator."""

    name = "native"

    def obstacle(self, call: Call) -> str | None:
        if call.x.device.type != "cpu":
            return f"the native engine computes on the CPU, not on {call.x.device.type}"
        # Kernels read by address: a tensor that is elsewhere would be any numbers.
        parts = (call.coef, call.base_weight, call.bias, call.coef_scale, call.mask)
        if not all(t is None or t.is_cpu for t in (*parts, *call.grid, *call.trained)):
            return "the native engine computes on the CPU, where not all tensors of the layer are"
        if _OBSTACLE is not None:
            return _OBSTACLE
        if call.basis.name not in _GRIDS:
            return f"the native engine has no kernel for {call.basis.name}"
        if call.x.dtype not in DTYPES:
            return f"the native engine has no kernel for {call.x.dtype}"
        if reason := ops.obstacle(call):
            return reason
        if call.base not in ACTIVATIONS:
            return f"the native engine has no kernel for the base activation {call.base}"
        if call.norm not in NORMALIZATIONS:
            return f"the native engine has no kernel for the normalisation {call.norm}"
        if isinstance(call.x, Jets) and (reason := _against_jets(call)):
            return reason
        if any(t.requires_grad for t in call.grid):
            if _GRIDS[call.basis.name] == "knots":
                return f"the native engine has no gradients for the grid of {call.basis.name}"
            if call.basis.linear_tails:
                return "the native engine has no gradients for a grid with linear tails"
        return None

    def run(self, call: Call) -> Tensor:
        return cast(Tensor, jet_ops.run(call)) if isinstance(call.x, Jets) else ops.run(call)

    def by_weights(self, call: Call, slope: Tensor, to: Tensor) -> bool:
        if _against_jets(call):
            return False
        jet_ops.differentiate_by_weights(call, slope, to)
        return True

    def describe(self) -> str:
        if _OBSTACLE is not None:
            return _OBSTACLE
        return f"fused C++ kernels on the CPU with {isa()} (of {', '.join(isa_levels())})"


def _against_jets(call: Call) -> str | None:
    """The reason why the operators for jets can't take a call that others can, as a clause."""
    if call.x.dtype not in JET_DTYPES or call.coef.dtype != call.x.dtype:
        return f"the native engine has no jets of {call.x.dtype}"
    if isinstance(call.x, Jets) and call.x.orders.order > MOST_ORDER:
        return f"the native engine has no jets of an order above {MOST_ORDER}"
    if any(t.requires_grad for t in call.grid):
        return "the native engine has no gradients for the grid of jets"
    if torch.compiler.is_compiling():
        return "torch.compile sees jets in the plain formula"
    return None


def unavailable() -> str | None:
    """The reason why there is no native engine, or None if there is one."""
    return _OBSTACLE


def bases() -> tuple[str, ...]:
    """The names of the bases with a kernel; empty without a native engine."""
    return tuple(_GRIDS)


def isa() -> str:
    """The instruction set in use: "baseline", "avx2" or "avx512".

    Raises:
        RuntimeError: if there is no native engine.
    """
    _require()
    return str(torch.ops.edgewise.native_isa(""))


def isa_levels() -> tuple[str, ...]:
    """The instruction sets of this machine, in increasing order."""
    _require()
    return ISA_LEVELS[: ISA_LEVELS.index(_BEST[0]) + 1]


@contextmanager
def use_isa(level: str) -> Iterator[None]:
    """Use an instruction set inside the block, in all threads.

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
