"""What the operators multiply, for ``torch.utils.flop_counter.FlopCounterMode``.

A count is that of the matrix products of the plain formula, two for each multiplication and
addition as torch counts its own; values of φ, s and n are elementwise and count as nothing.
``torch.profiler`` (``with_flops=True``) knows torch's own operators only, and has no such list.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from math import prod
from types import ModuleType
from typing import Any

import torch

COUNTER = "torch.utils.flop_counter"
Shape = Sequence[int]


def _count_layer_backward(
    dy: Shape, x: Shape, z: Any, coef: Shape, base_weight: Any, bias: Any, *others: Any, **_: Any
) -> int:
    grid, *_names, trained, needs = others[:6]
    of_x, of_z, of_coef, of_base, _, *rest = needs
    inner = len(grid) + len(trained)
    of_scale, of_mask = (*rest[inner:], False, False)[:2]
    through_basis = of_x or of_z or any(rest[:inner])
    times = through_basis + (of_coef or of_scale or of_mask)
    base_times = of_x + (of_base or of_mask)
    return times * _products(x, coef) + base_times * _products(x, base_weight)


def _products(x: Shape, weights: Shape | None) -> int:
    """Each row of x, and each part of jets, meets every weight of the layer once."""
    return 0 if weights is None else 2 * prod(x[:-1]) * prod(weights)


def _count_jets_backward(
    dy: Shape, x: Shape, z: Any, weights: Shape, *others: Any, **_: Any
) -> int:
    of_x, of_z, of_weights = others[-1]
    return ((of_x or of_z) + of_weights) * _products(x, weights)


FORMULAS: dict[str, Callable[..., int]] = {
    "kan_linear": lambda x, z, coef, base_weight, *_, **__: (
        _products(x, coef) + _products(x, base_weight)
    ),
    "kan_linear_backward": _count_layer_backward,
    "kan_jets": lambda x, z, weights, *_, **__: _products(x, weights),
    "kan_jets_backward": _count_jets_backward,
    "kan_jets_by_weights": lambda dy, x, z, functions, *_, **__: _products(
        x, (x[-1], functions, dy[-1])
    ),
    "products_by_row": lambda one, other, *_, **__: _products(one, (one[-1], other[-1])),
}


def _register(counter: ModuleType) -> None:
    for name, formula in FORMULAS.items():
        counter.register_flop_formula(getattr(torch.ops.edgewise, name))(formula)


class _Registration(MetaPathFinder):
    """Registers the formulas when the counter is first imported.

    Importing it here would load Triton, and take as long as the rest of the package.
    """

    looks = False

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != COUNTER or self.looks:
            return None
        self.looks = True  # find_spec asks this finder, too
        spec = find_spec(fullname)
        self.looks = False
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def execute_and_register(module: ModuleType) -> None:
                if self in sys.meta_path:
                    sys.meta_path.remove(self)
                execute(module)
                _register(module)

            # mypy knows no methods of single objects; torch's own loader does the rest.
            spec.loader.exec_module = execute_and_register  # type: ignore[method-assign]
        return spec


def register() -> None:
    """Let every FlopCounterMode of this process count the operators."""
    if COUNTER in sys.modules:
        _register(sys.modules[COUNTER])
    else:
        sys.meta_path.insert(0, _Registration())
