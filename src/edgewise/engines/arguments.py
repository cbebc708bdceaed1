"""Checks of the registered operator's arguments, for direct calls; layers check theirs before.

The native kernels make the same checks in C++ (``csrc/call.h``) and raise RuntimeError.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from edgewise._checks import check_choice
from edgewise.bases import Basis
from edgewise.bases.base import find_engine_basis
from edgewise.engines.activation import ACTIVATIONS
from edgewise.engines.normalization import NORMALIZATIONS

OWNER = "edgewise::kan_linear"


class Arguments(NamedTuple):
    """The operator's arguments: those of a :class:`~edgewise.engines.call.Call`, objects as names.

    The backward operator takes the gradient of y before them, and ``needs`` after ``trained``.
    """

    x: Tensor
    z: Tensor | None
    coef: Tensor
    base_weight: Tensor | None
    bias: Tensor | None
    grid: Sequence[Tensor]
    basis: str
    base: str | None
    norm: str | None
    trained: Sequence[Tensor]
    coef_scale: Tensor | None = None
    mask: Tensor | None = None


def split_needs(args: Sequence[Any]) -> tuple[Arguments, Sequence[bool]]:
    """Split the backward operator's arguments after dy into those of the layer and ``needs``."""
    return Arguments(*args[:10], *args[11:]), args[10]


def find_formulas(given: Arguments) -> Basis:
    """The basis object for the operator's ``basis`` name, and checks of all arguments.

    Raises:
        ValueError: if a name is unknown, or a tensor isn't dense, isn't floating-point or has the
            wrong shape.
        TypeError: if a required tensor is None.
    """
    x, z, coef, base_weight, bias, grid, basis, base, norm, trained, coef_scale, mask = given
    check_ranks(x, coef)
    check_names(base, norm)
    named: dict[str, Tensor | None]
    named = {"x": x, "z": z, "coef": coef, "base_weight": base_weight, "bias": bias}
    lists = {f"grid[{k}]": t for k, t in enumerate(grid)}
    lists |= {f"trained[{k}]": t for k, t in enumerate(trained)}
    for name, t in lists.items():
        check_tensor(name, t)
    named |= lists
    named |= {"coef_scale": coef_scale, "mask": mask}
    tensors = {name: t for name, t in named.items() if t is not None}
    for name, t in tensors.items():
        _check_numbers(name, t)
    features, outputs = coef.shape[0], coef.shape[2]
    edges = (features, outputs)
    rows = x.shape[0]  # not len(x), which would turn torch.export's symbol into a number
    wanted = {"x": (rows, features), "z": (rows, features), "bias": (outputs,)}
    wanted |= {"base_weight": edges, "coef_scale": edges, "mask": edges}
    wanted |= {f"trained[{k}]": (features,) for k in range(len(trained))}
    for name, shape in wanted.items():
        if name in tensors:
            _check_shape(name, tensors[name], (shape,))
    count = 0 if norm is None else NORMALIZATIONS[norm].trained
    if len(trained) != count or (norm is not None and z is not None):
        raise ValueError(
            f"{OWNER} expected {count} trained tensors for norm={norm!r}, and z only without a "
            f"norm; got {len(trained)}{'' if z is None else ' and z'}"
        )
    return _find_basis(basis, coef.shape[1], features, grid)


def check_ranks(x: Tensor, coef: Tensor) -> None:
    """Check that x has two dimensions and coef three.

    Raises:
        TypeError: if one of them is None.
        ValueError: if they have other dimensions.
    """
    for name, t, rank, shape in (("x", x, 2, "(rows, in)"), ("coef", coef, 3, "(in, num, out)")):
        check_tensor(name, t)
        if t.dim() != rank:
            raise ValueError(f"{OWNER} expected {name} {shape}, got {t.dim()} dimensions")


def check_names(base: str | None, norm: str | None) -> None:
    """Check that the operator knows the base activation and the normalisation.

    Raises:
        ValueError: if it doesn't.
    """
    for name, value, known in (("base", base, ACTIVATIONS), ("norm", norm, NORMALIZATIONS)):
        if value is not None:
            check_choice(OWNER, f"{name} to be None or", value, known)


def _find_basis(name: str, num_basis: int, features: int, grid: Sequence[Tensor]) -> Basis:
    # Under torch.compile sizes may be symbols, but never the sizes that determine a basis.
    num_basis, features = int(num_basis), int(features)
    shapes = tuple(tuple(int(n) for n in t.shape) for t in grid)
    try:
        basis = find_engine_basis(name, num_basis, shapes)
    except (IndexError, ValueError) as error:
        raise ValueError(
            f"{OWNER} expected a basis, its number of functions and its grid to fit each other; "
            f"got {name!r}, {num_basis} and tensors of shapes {shapes}: {error}"
        ) from error
    wanted = basis.grid_shapes(features)
    if basis.num_basis != num_basis or len(wanted) != len(grid):
        raise ValueError(
            f"{OWNER} expected {len(wanted)} grid tensors and {basis.num_basis} functions for "
            f"{basis}, got {len(grid)} and {num_basis}"
        )
    for k, (t, allowed) in enumerate(zip(grid, wanted, strict=True)):
        _check_shape(f"grid[{k}]", t, allowed)
    return basis


def check_tensor(name: str, t: Tensor | None) -> None:
    """Check that a tensor isn't None, which torch passes on even for required tensors."""
    if t is None:
        raise TypeError(f"{OWNER} expected {name} as a tensor, got None")


def _check_numbers(name: str, t: Tensor) -> None:
    if t.is_nested or t.layout != torch.strided or not t.is_floating_point():
        raise ValueError(
            f"{OWNER} expected {name} as a dense tensor of floating-point numbers, got "
            f"{'a nested tensor' if t.is_nested else f'{t.layout} of {t.dtype}'}"
        )


def _check_shape(name: str, t: Tensor, allowed: Sequence[Sequence[int]]) -> None:
    # Compare one by one, because torch.compile's symbols for sizes can't be hashed.
    if not any(tuple(t.shape) == tuple(shape) for shape in allowed):
        shapes = " or ".join(str(tuple(shape)) for shape in allowed)
        raise ValueError(f"{OWNER} expected {name} of shape {shapes}, got {tuple(t.shape)}")
