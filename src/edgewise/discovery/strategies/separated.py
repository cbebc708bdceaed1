"""Fit y by sums and products of curves of one input, then find a formula for each curve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, final

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.bases import Basis, BSpline
from edgewise.data.rows import pick_evenly
from edgewise.discovery.problem import Problem
from edgewise.discovery.separable import (
    CurveProblem,
    SeparableFit,
    Structure,
    basis_rows,
    prune,
    start,
    sweep,
)
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression, Input, add, free, multiply
from edgewise.search.budget import RATE, Budget
from edgewise.search.explore import shuffle_rows
from edgewise.search.links import LINKS, Link
from edgewise.symbolic.curve_formulas import name_curve

STRUCTURES = (
    Structure(0, True),
    Structure(1, False),
    Structure(2, False),
    Structure(1, True),
    Structure(3, False),
    Structure(2, True),
)
NEAR = 1e-5
"""Largest FVU at which curves are taken to have the right structure."""
SWEEPS, MORE_SWEEPS = 12, 40
STARTS = 6
"""Random starts for a structure with local minima."""
SWEEP_PRICE = 40
"""Evaluations that one sweep costs."""
CURVE_WORK = 8000
"""Most evaluations for the formula of one curve."""
COMBINED = 3
"""Number of formulas of each curve that are combined with those of the others."""
POINTS = 160
MOST_INPUTS = 16


@final
@dataclass(frozen=True)
class Separated(Strategy):
    """T(y) = Σ g_i(x_i) + Σ_r Π_i f_ri(x_i), where T is the inverse of an outer function.

    Attributes:
        finer: factor of the grid's refinement; oscillating curves need a finer grid.
        structures: the structures to try, the simplest first.
    """

    leaves_near_misses: ClassVar[bool] = True

    finer: int = 1
    structures: tuple[Structure, ...] = STRUCTURES
    links: int = 10
    work: int = 8 * RATE

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.inputs < 2 or problem.inputs > MOST_INPUTS:
            return
        budget = budget.part(evaluations=self.work)
        # Validation takes the last fifth, which mustn't be the end of sorted rows.
        data = shuffle_rows(problem.search_data, problem.generator(5))
        basis = finer_basis(problem.bases[0] if problem.bases else BSpline(grid=7), self.finer)
        generator = torch.Generator().manual_seed(problem.seed)
        phi = basis_rows(basis, torch.from_numpy(data.x))
        if phi.shape[0] * phi.shape[2] > len(data.y) // 2:
            return
        waiting: list[tuple[float, Structure, Link, CurveProblem, SeparableFit]] = []
        for structure in self.structures:
            for link in LINKS[: self.links]:
                if budget.over:
                    return
                if not link.fits(data.y, problem.library):
                    continue
                curves = curve_problem(data, link, phi)
                starts = STARTS if structure.has_pitfalls and link is LINKS[0] else 1
                fits = [
                    sweep(curves, start(curves, structure, generator), SWEEPS)
                    for _ in range(starts)
                ]
                fit = min(fits, key=lambda f: f.fvu)
                budget.spend(SWEEP_PRICE * SWEEPS * starts)
                if fit.fvu < NEAR:
                    yield from name_curves(problem, data, curves, fit, link, budget)
                else:
                    waiting.append((fit.fvu, structure, link, curves, fit))
            waiting.sort(key=lambda w: w[0] * 4 ** w[1].products)
            for n, (fvu, structure_, link, curves, fit) in enumerate(waiting[:3]):
                if structure_.has_pitfalls and fvu > NEAR and not budget.over:
                    fit = sweep(curves, fit, MORE_SWEEPS)
                    budget.spend(SWEEP_PRICE * MORE_SWEEPS)
                    waiting[n] = (fit.fvu, structure_, link, curves, fit)
                    if fit.fvu < NEAR:
                        yield from name_curves(problem, data, curves, fit, link, budget)
        waiting.sort(key=lambda w: w[0] * 2 ** w[1].products)
        for fvu, _, link, curves, fit in waiting[:2]:
            if fvu < 0.9 and not budget.over:
                yield from name_curves(problem, data, curves, fit, link, budget)


def finer_basis(basis: Basis, times: int) -> Basis:
    """The basis with `times` as many functions, each narrower by the same factor."""
    if times == 1 or basis.size_name is None:
        return basis
    size = int(getattr(basis, basis.size_name))
    fine = basis.resized(times * size)
    for name, change in (("width", 1 / times), ("inv_denominator", float(times))):
        width = getattr(fine, name, None)
        if width is not None:
            fine = replace(fine, **{name: width * change})
    return fine


def curve_problem(data: Data, link: Link, phi: torch.Tensor) -> CurveProblem:
    """The fit of T(y), weighted so that its errors are those of y; 1/5 of rows validate it."""
    weight = 1 / np.maximum(np.abs(link.slope(data.y)), 1e-150)
    if data.weight is not None:
        weight = weight * np.sqrt(data.weight)
    weight = np.clip(weight / np.median(weight), 1e-3, 1e3)
    train = len(data.y) - len(data.y) // 5
    return CurveProblem(
        phi,
        torch.from_numpy(np.ascontiguousarray(link.inverse(data.y))),
        torch.from_numpy(weight / weight.mean()),
        train,
    )


@dataclass(frozen=True)
class _Named:
    """Formulas for one curve."""

    product: int | None
    trees: list[Expression]


def name_curves(
    problem: Problem,
    data: Data,
    curves: CurveProblem,
    fit: SeparableFit,
    link: Link,
    budget: Budget,
) -> Iterator[Candidate]:
    """Formulas of a fit: first the best formula of each curve, then other combinations."""
    fit = prune(curves, fit)
    budget.spend(200)
    if not bool(fit.active.any()) and not bool(fit.added.any()):
        return
    named = []
    values, sums = fit.values(curves.phi).numpy(), fit.curves(curves.phi).numpy()
    floor = max(fit.fvu, 1e-13)
    wanted: list[tuple[int | None, int, Array]] = [
        (r, i, values[r, i]) for r, i in fit.active.nonzero().tolist()
    ]
    wanted += [(None, i, sums[i]) for i in fit.added.nonzero()[:, 0].tolist()]
    for product, i, y in wanted:
        weight = _importance(values, product, i)
        trees = _name(problem, data.x[:, i], y, weight, i, floor, budget)
        if not trees:
            return
        named.append(_Named(product, trees))
    outer = link.function
    for rank in range(COMBINED):
        tree = assemble(named, rank, fit.constant)
        yield Candidate(link.tree(tree, problem.library), f"curves under {outer}")


def _importance(values: Array, product: int | None, i: int) -> Array | None:
    if product is None:
        return None
    others = np.prod(np.delete(values[product], i, axis=0), axis=0)
    weight = np.square(others)
    return np.clip(weight, 1e-6 * weight.mean(), None) / max(float(weight.mean()), 1e-300)


def _name(
    problem: Problem,
    x: Array,
    y: Array,
    weight: Array | None,
    index: int,
    floor: float,
    budget: Budget,
) -> list[Expression]:
    """The best formulas of one curve, as functions of x_index."""
    order = np.argsort(x)
    pick = order[pick_evenly(len(x), POINTS)]
    found = name_curve(
        x[pick],
        y[pick],
        None if weight is None else weight[pick],
        library=problem.library,
        reach=problem.reach,
        floor=floor,
        budget=budget.part(evaluations=CURVE_WORK),
        keep=COMBINED,
    )
    return [c.tree.substitute({0: Input(index)}) for c in found]


def assemble(named: list[_Named], rank: int, constant: float) -> Expression:
    """The sum of products and curves, each with its formula of this rank, or its last one."""
    products: dict[int, list[Expression]] = {}
    terms: list[Expression] = [free(constant)]
    for curve in named:
        tree = curve.trees[min(rank, len(curve.trees) - 1)]
        if curve.product is None:
            terms.append(tree)
        else:
            products.setdefault(curve.product, []).append(tree)
    terms += [multiply(*factors) for factors in products.values()]
    return add(*terms)
