"""Fit T(y) = Σ_i g_i(x_i) + Σ_r Π_i f_ri(x_i) with curves g and f by alternating least squares.

With the factors of all other inputs fixed, the factors of one input and all g_i are the solution of
a linear least squares problem. The model is a KAN with product nodes; it is known as a separated
representation of y (Beylkin, Garcke and Mohlenkamp 2009).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from edgewise.bases import Basis

RIDGE = 1e-11
SMALL = 1e-10
"""A curve with less than this FVU is dropped."""
INSET = 0.1
"""Margin on each side of the data, as a fraction of the domain, for bases of bell-shaped functions:
near the last centre their sum drops."""

WITHOUT_CONSTANT = 2
"""The first sweeps fit no constant: it would absorb a part of the products, and many sweeps would
be needed to undo that."""


@dataclass(frozen=True)
class SeparableForm:
    """The shape of a model: the number of products, and whether a sum of curves is added."""

    products: int
    additive: bool

    @property
    def has_pitfalls(self) -> bool:
        """Whether sweeps may end in a local minimum."""
        return self.products > 1 or (self.products == 1 and self.additive)


@dataclass
class CurveProblem:
    """The rows of a fit: basis values of every input, targets and weights.

    Shape:
        phi: (in, rows, K); target, weight: (rows,). The first `train` rows are for training, the
        others for validation.
    """

    phi: Tensor
    target: Tensor
    weight: Tensor
    train: int


def basis_rows(basis: Basis, x: Tensor) -> Tensor:
    """The values of a basis whose grid covers the range of each input.

    Shape:
        x: (rows, in) → (in, rows, K)
    """
    low, high = x.amin(0), x.amax(0)
    grid = basis.init_grid(x.shape[1], dtype=x.dtype, device=x.device)
    lo, hi = basis.domain(grid)
    part = (x - low) / (high - low).clamp_min(1e-300)
    points = basis.points(grid)
    on_points = points is not None and points.shape[-1] == basis.num_basis
    inset = INSET if on_points else 1e-6
    z = lo + (hi - lo) * (inset + (1 - 2 * inset) * part)
    return basis.evaluate(z, grid).transpose(0, 1).contiguous()


@dataclass(frozen=True)
class SeparableFit:
    """Coefficients of all curves, and the fraction of variance unexplained (fvu).

    A factor that isn't active is 1; a curve of the sum that isn't added is 0.

    Shape:
        factors: (products, in, K), active: (products, in); additive: (in, K), added: (in,)
    """

    factors: Tensor
    active: Tensor
    additive: Tensor
    added: Tensor
    constant: float = 0.0
    fvu: float = math.inf
    sweeps: int = 0

    def values(self, phi: Tensor) -> Tensor:
        """Values of the factors at the rows; (in, rows, K) → (products, in, rows)."""
        values = torch.einsum("ink,rik->rin", phi, self.factors)
        return torch.where(self.active[..., None], values, 1.0)

    def curves(self, phi: Tensor) -> Tensor:
        """Values of the g_i at the rows; (in, rows)."""
        values = torch.einsum("ink,ik->in", phi, self.additive)
        return torch.where(self.added[:, None], values, 0.0)

    def predict(self, phi: Tensor) -> Tensor:
        """Σ g + Σ Π f; (rows,)"""
        return self.constant + self.values(phi).prod(1).sum(0) + self.curves(phi).sum(0)


def start(
    problem: CurveProblem, structure: SeparableForm, generator: torch.Generator
) -> SeparableFit:
    """The start of a fit: random factors around 1, or exactly 1 if there are no local minima."""
    inputs, _, size = problem.phi.shape
    shape = (structure.products, inputs, size)
    noise = torch.randn(shape, generator=generator, dtype=torch.float64).to(problem.phi)
    tilt = torch.linspace(-1, 1, size, dtype=torch.float64).to(problem.phi)
    slope = torch.randn(shape[:2], generator=generator, dtype=torch.float64).to(problem.phi)
    factors = 1 + 0.3 * noise + 0.7 * slope[..., None] * tilt
    if not structure.has_pitfalls:
        factors = torch.ones_like(factors)
    active = torch.ones(shape[:2], dtype=torch.bool, device=factors.device)
    added = torch.full((inputs,), structure.additive, dtype=torch.bool, device=factors.device)
    return SeparableFit(factors, active, problem.phi.new_zeros(inputs, size), added)


@torch.no_grad()
def sweep(
    problem: CurveProblem, fit: SeparableFit, sweeps: int, enough: float = 1e-13
) -> SeparableFit:
    """Further sweeps over the inputs, until the gain becomes small."""
    n = problem.train
    phi, w = problem.phi[:, :n], problem.weight[:n]
    size = phi.shape[2]
    target = problem.target[:n] * w
    sums = [i for i, on in enumerate(fit.added.tolist()) if on]
    fixed = [(phi[i] * w[:, None]) for i in sums]
    factors, additive, constant = fit.factors.clone(), fit.additive.clone(), fit.constant
    values = fit.values(phi)
    todo = [i for i in range(len(phi)) if bool(fit.active[:, i].any())]
    history: list[float] = []
    for number in range(sweeps):
        held = bool(todo) and not sums and fit.sweeps + number < WITHOUT_CONSTANT
        beside = fixed if held else [*fixed, w[:, None]]
        for i in todo or [0]:
            rows = fit.active[:, i].nonzero()[:, 0] if todo else torch.empty(0, dtype=torch.long)
            free = [r for r in range(len(factors)) if r not in set(rows.tolist())]
            others = torch.cat([values[:, :i], values[:, i + 1 :]], 1).prod(1) * w
            columns = torch.einsum("nk,rn->nrk", phi[i], others[rows]).reshape(n, -1)
            # Products without this input don't change.
            rest = target - others[free].sum(0) if free else target
            solution = _least_squares(torch.cat([columns, *beside], 1), rest)
            end = len(rows) * size
            factors[rows, i] = solution[:end].view(-1, size)
            values[rows, i] = torch.einsum("nk,rk->rn", phi[i], factors[rows, i])
            if not held:
                additive[sums] = solution[end:-1].view(-1, size)
                constant = float(solution[-1])
            _balance(factors, values, fit.active, i)
        now = replace(fit, factors=factors, additive=additive, constant=constant)
        history.append(compute_fvu(problem, now, slice(0, n)))
        done = history[-1] < enough or not todo
        if done or (len(history) > 6 and history[-1] > 0.98 * history[-4]):
            break
    fit = replace(
        fit,
        factors=factors,
        additive=additive,
        constant=constant,
        sweeps=fit.sweeps + len(history),
    )
    judged = slice(n, None) if len(problem.target) > n else slice(0, n)
    return replace(fit, fvu=compute_fvu(problem, fit, judged))


def compute_fvu(problem: CurveProblem, fit: SeparableFit, rows: slice) -> float:
    """The fraction of the weighted variance of some rows that the fit doesn't explain."""
    w = problem.weight[rows]
    target = problem.target[rows]
    missed = ((fit.predict(problem.phi[:, rows]) - target) * w).square().mean()
    mean = (target * w.square()).sum() / w.square().sum()
    total = ((target - mean) * w).square().mean()
    return float(missed / total.clamp_min(1e-300))


def _balance(factors: Tensor, values: Tensor, active: Tensor, i: int) -> None:
    """Move the scale of a factor to the next one, in place, so that no factor grows."""
    inputs = factors.shape[1]
    for r in active[:, i].nonzero()[:, 0].tolist():
        nxt = next((j % inputs for j in range(i + 1, i + inputs) if active[r, j % inputs]), None)
        if nxt is None:
            continue
        size = float(values[r, i].square().mean().sqrt()) or 1.0
        for tensor in (factors, values):
            tensor[r, i] /= size
            tensor[r, nxt] *= size


def _least_squares(a: Tensor, t: Tensor) -> Tensor:
    """The least squares solution with a small ridge relative to the columns' lengths."""
    scale = a.square().sum(0).sqrt().clamp_min(1e-300)
    a = a / scale
    gram = a.t() @ a
    gram.diagonal().add_(RIDGE * len(gram))
    factor, info = torch.linalg.cholesky_ex(gram)
    if int(info):
        gram.diagonal().add_(1e-6)
        factor = torch.linalg.cholesky(gram)
    solution = torch.cholesky_solve((a.t() @ t)[:, None], factor)[:, 0]
    # One step of iterative refinement, because normal equations square the condition number.
    solution += torch.cholesky_solve((a.t() @ (t - a @ solution))[:, None], factor)[:, 0]
    return solution / scale


def move(fit: SeparableFit, phi: Tensor, new: Tensor) -> SeparableFit:
    """The curves of a fit in another basis, by least squares at the rows.

    Shape:
        phi, new: (in, rows, K) of the old basis and the new one
    """
    values = torch.cat(
        [
            torch.einsum("ink,rik->irn", phi, fit.factors),
            torch.einsum("ink,ik->in", phi, fit.additive)[:, None],
        ],
        1,
    )
    moved = torch.stack(
        [
            torch.stack([_least_squares(columns, one) for one in each])
            for columns, each in zip(new, values, strict=True)
        ]
    )
    factors, additive = moved[:, :-1].transpose(0, 1), moved[:, -1]
    return replace(fit, factors=factors.contiguous(), additive=additive.contiguous(), sweeps=0)


@torch.no_grad()
def prune(problem: CurveProblem, fit: SeparableFit, sweeps: int = 20) -> SeparableFit:
    """Drop constant factors, vanishing curves, and curves that products can replace, and refit.

    A product of one factor becomes a curve of the sum; a product of none becomes a constant. In
    f(x) g(z) + c f(x), the curve of x is replaced by a larger g.
    """
    floor = max(3 * fit.fvu, SMALL)
    rows = slice(0, problem.train)
    phi, w = problem.phi[:, rows], problem.weight[rows]
    target = problem.target[rows]
    total = ((target - (target * w.square()).sum() / w.square().sum()) * w).square().mean()
    values, curves = fit.values(phi), fit.curves(phi)
    factors, active = fit.factors.clone(), fit.active.clone()
    for r, i in fit.active.nonzero().tolist():
        others = torch.cat([values[r, :i], values[r, i + 1 :]]).prod(0)
        importance = (others * w).square()
        mean = (values[r, i] * importance).sum() / importance.sum().clamp_min(1e-300)
        harm = ((values[r, i] - mean) * others * w).square().mean() / total
        if float(harm) < floor:
            active[r, i] = False
            values[r, i] = 1.0
            nxt = active[r].nonzero()[:1, 0]
            factors[r, nxt] *= mean
            values[r, nxt] *= mean
    added = fit.added.clone()
    for i in added.nonzero()[:, 0].tolist():
        mean = (curves[i] * w.square()).sum() / w.square().sum()
        added[i] = float(((curves[i] - mean) * w).square().mean() / total) > floor
    count = active.sum(1)
    for r in (count == 1).nonzero()[:, 0].tolist():
        added |= active[r]
    keep = count > 1
    new = SeparableFit(factors[keep], active[keep], fit.additive.clone(), added)
    return _drop_replaceable(problem, sweep(problem, new, sweeps), floor, sweeps)


def _drop_replaceable(
    problem: CurveProblem, fit: SeparableFit, floor: float, sweeps: int
) -> SeparableFit:
    """Drop the curves of the sum without which products fit as well."""
    for i in (fit.added & fit.active.any(0)).nonzero()[:, 0].tolist():
        added = fit.added.clone()
        added[i] = False
        fewer = sweep(problem, replace(fit, added=added, sweeps=0), sweeps)
        if fewer.fvu <= floor:
            fit = fewer
    return fit
