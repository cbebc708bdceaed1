"""Check an engine on a device: compare its values and gradients with the float64 reference.

``edgewise check`` runs this on users' machines, where the tests aren't installed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from edgewise import bases
from edgewise.bases import Basis
from edgewise.engines import reference
from edgewise.engines.activation import activation_of
from edgewise.engines.call import Call
from edgewise.engines.engine import Engine
from edgewise.engines.normalization import NORMALIZATIONS

BOUNDS = {torch.float32: 1e-5, torch.float64: 1e-12}
"""Largest relative RMS error; half types may have twice the error of plain torch."""


class Case(NamedTuple):
    """One layer with random numbers.

    Attributes:
        shape: numbers of rows, inputs and outputs.
        base, norm: names, or None; with ``norm="given"``, z is passed in addition to x.
        edges: whether every edge has a scale and a mask.
    """

    basis: Basis
    shape: tuple[int, int, int]
    dtype: torch.dtype = torch.float32
    base: str | None = "silu"
    norm: str | None = "layer"
    edges: bool = True

    def __str__(self) -> str:
        rows, features, outputs = self.shape
        rest = f"norm={self.norm}, base={self.base}" + ", scale and mask" * self.edges
        return f"{self.basis}, {rows}×{features}→{outputs}, {self.dtype}, {rest}"


def _each(**settings: Any) -> Iterator[Basis]:
    """Every built-in basis with these settings and its own defaults."""
    for kind in bases.registry().values():
        if kind.__module__.startswith(bases.__name__):
            yield kind(**settings)


def _trained(basis: Basis) -> Basis:
    """The basis with all tensors of its grid trainable."""
    flags = [f.name for f in dataclasses.fields(basis) if f.name.startswith("train_")]
    return dataclasses.replace(basis, **dict.fromkeys(flags, True))


_ON_OTHER_PATHS: tuple[Basis, ...] = (
    bases.Gaussian(5, -1, 1, 0.2),  # centres too far apart for the recurrence on a GPU
    bases.BSpline(4, 1),
    bases.BSpline(4, 2),
    bases.BSpline(3, 3, uniform=False),
    bases.BSpline(14, 3),  # enough functions for the local path on a GPU
)
BASES: tuple[Basis, ...] = (
    *map(_trained, (*_each(), *_ON_OTHER_PATHS)),
    _trained(bases.RSWAF(4, inv_denominator=20.0)),
    *(bases.BSpline(4, degree) for degree in (4, 5)),
    bases.Legendre(0),
    bases.Jacobi(0),
    _trained(bases.Wavelet(5, kind="morlet", frequency=1.5)),
)
"""Every basis, and settings that use other code paths of kernels."""

TAILED: tuple[Basis, ...] = (
    # Outside the domain, slopes of higher polynomials lose digits in float32.
    *(b.resized(3) if b.size_name == "degree" else b for b in _each(linear_tails=True)),
    *(dataclasses.replace(basis, linear_tails=True) for basis in _ON_OTHER_PATHS),
    bases.BSpline(15, 1, linear_tails=True),
)
"""Every basis with linear tails, and settings that then use other code paths."""

_SETTINGS: tuple[dict[str, Any], ...] = (
    {"norm": None},
    {"norm": "affine", "edges": False},
    {"norm": "tanh", "base": "identity"},
    {"norm": "given", "base": None, "edges": False},
    {"norm": "given"},
)


def cases(shapes: Sequence[tuple[int, int, int]], dtypes: Sequence[torch.dtype]) -> Iterator[Case]:
    """The cases: every basis and dtype with the first shape; other shapes and settings with one."""
    for dtype in dtypes:
        for basis in BASES:
            norm = "tanh" if basis.default_norm == "tanh" else "layer"
            yield Case(basis, shapes[0], dtype, norm=norm)
        for basis in TAILED:  # without tanh, which would keep inputs away from the tails
            yield Case(basis, shapes[0], dtype, norm="layer")
        gaussian = bases.Gaussian(train_centers=True, train_width=True)
        yield from (Case(gaussian, shapes[0], dtype, **settings) for settings in _SETTINGS)
        yield from (Case(gaussian, shape, dtype, norm="tanh") for shape in shapes[1:])


def find_failures(engine: Engine, case: Case, device: str, *, twice: bool = True) -> list[str]:
    """The failures of an engine in a case, one line each.

    Values and gradients are compared with the reference, and with ``twice`` also bit by bit with a
    second run. Rows with NaN or infinite inputs, and only these, must give NaN. A case that the
    engine declares it can't compute isn't a failure.
    """
    call = _call(case, device)
    if engine.obstacle(call):
        return []
    names, ours = zip(*_results(engine.run, call), strict=True)
    exact = _results(lambda wide: reference.kan_linear(*wide), _double(call))
    bounds = _bounds(case, [t for _, t in exact])
    found = []
    for name, got, (_, right), bound in zip(names, ours, exact, bounds, strict=True):
        if not (error := error_of(got, right)) <= bound:
            found.append(f"{case}: {name} is off by {error:.1e}, more than {bound:.1e}")
    again = [t for _, t in _results(engine.run, call)] if twice else ours
    if not all(torch.equal(a, b) for a, b in zip(ours, again, strict=True)):
        found.append(f"{case}: a second run has other bits")
    return found + _find_broken_rows(engine, case, call)


def error_of(got: Tensor, right: Tensor) -> float:
    """RMS(got - right) / RMS(right), or the largest |got| if all of right is 0."""
    got, right = got.detach().cpu().double(), right.detach().cpu().double()
    if not right.any():
        return float(got.abs().max()) if got.numel() else 0.0
    return float((got - right).square().mean().sqrt() / right.square().mean().sqrt())


def _call(case: Case, device: str) -> Call:
    rows, features, outputs = case.shape
    generator = torch.Generator().manual_seed(rows + features)
    basis, norm = case.basis, None if case.norm == "given" else case.norm

    def random(*shape: int) -> Tensor:
        values = torch.randn(shape, generator=generator, dtype=torch.float64)
        return values.to(device, case.dtype).requires_grad_()

    grid = [
        t.to(device, case.dtype).requires_grad_(trained)
        for t, trained in zip(
            basis.init_grid(features, dtype=torch.float32), basis.trainable_grid, strict=True
        )
    ]
    trained = [random(features) for _ in range(NORMALIZATIONS[norm].trained if norm else 0)]
    return Call(
        random(rows, features),
        random(rows, features) if case.norm == "given" else None,
        random(features, basis.num_basis, outputs),
        None if case.base is None else random(features, outputs),
        random(outputs),
        grid,
        basis,
        case.base,
        norm,
        trained,
        random(features, outputs) if case.edges else None,
        random(features, outputs) if case.edges else None,
    )


def _leaves(call: Call) -> dict[str, list[Tensor]]:
    """Tensors with gradients by name; those of a grid together, because one alone may cancel."""
    x, z, coef, base_weight, bias, grid, _, _, _, trained, scale, mask = call
    named = {"x": x, "z": z, "coef": coef, "base_weight": base_weight, "bias": bias}
    named |= {"coef_scale": scale, "mask": mask}
    found = {name: [t] for name, t in named.items() if t is not None}
    found |= {"grid": [t for t in grid if t.requires_grad], "trained": list(trained)}
    return {name: tensors for name, tensors in found.items() if tensors}


def _results(run: Any, call: Call) -> list[tuple[str, Tensor]]:
    """y and the gradients of everything for one dy, by name."""
    y = run(call)
    generator = torch.Generator().manual_seed(1)
    dy = torch.randn(y.shape, generator=generator, dtype=torch.float64).to(call.coef.dtype)
    leaves = _leaves(call)
    flat = [t for tensors in leaves.values() for t in tensors]
    grads = iter(torch.autograd.grad(y, flat, dy.to(y), materialize_grads=True))
    found = [("y", y.detach())]
    for name, tensors in leaves.items():
        found.append((name, torch.cat([next(grads).flatten() for _ in tensors])))
    return found


def _double(call: Call) -> Call:
    """The same numbers in float64 on the CPU, as new leaves."""

    def wide(value: Any) -> Any:
        if isinstance(value, list):
            return [wide(t) for t in value]
        if not isinstance(value, Tensor):
            return value
        return value.detach().cpu().double().requires_grad_(value.requires_grad)

    return Call(*(wide(value) for value in call))


def _bounds(case: Case, exact: Sequence[Tensor]) -> list[float]:
    if case.dtype in BOUNDS:
        return [BOUNDS[case.dtype]] * len(exact)
    plain = _results(_plain, _call(case, "cpu"))
    least = torch.finfo(case.dtype).eps
    pairs = zip(plain, exact, strict=True)
    return [2 * max(error_of(got, right), least) for (_, got), right in pairs]


def _plain(call: Call) -> Tensor:
    """The layer in plain torch, with every step in the tensors' own type."""
    x, z, coef, base_weight, bias, grid, basis, base, norm, trained, scale, mask = call
    if norm is not None:
        z = NORMALIZATIONS[norm].value(x, trained)
    coef, base_weight = reference.edge_weights(coef, base_weight, scale, mask)
    y = basis.evaluate(x if z is None else z, tuple(grid)).flatten(-2) @ coef.flatten(0, 1)
    if base_weight is not None:
        y = y + activation_of(base)(x) @ base_weight
    return y if bias is None else y + bias


def _find_broken_rows(engine: Engine, case: Case, call: Call) -> list[str]:
    if case.shape[0] < 4 or case.norm in ("tanh", "given"):  # tanh makes ±Inf finite
        return []
    x = call.x.detach().clone()
    for row, value in enumerate((float("nan"), float("inf"), -float("inf"))):
        x[row, row % x.shape[1]] = value
    y = engine.run(call._replace(x=x)).detach()
    if not y[:3].isnan().all():
        return [f"{case}: a row with NaN or ±Inf isn't NaN"]
    return [] if y[3:].isfinite().all() else [f"{case}: a row beside one with NaN isn't finite"]
