"""Fit y by sums and products of curves of one input, then find a formula for each curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import final

import numpy as np
import torch

from edgewise.bases import Basis, BSpline
from edgewise.data.rows import weighted_variance
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
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, Input, add, free, multiply
from edgewise.search.budget import RATE, Budget
from edgewise.search.curve_formulas import CurveRows
from edgewise.search.explore import shuffle_rows
from edgewise.search.links import LINKS, Link

SIMPLE = Structure(0, True), Structure(1, False)
SMALL = *SIMPLE, Structure(1, True)
LARGE = Structure(2, False), Structure(3, False), Structure(2, True)
"""Structures, the simplest first. The simple ones have no local minima; the small ones are fitted
in a tenth of a second."""
NEAR, SLACK = 1e-5, 2.0
"""Curves are taken to have the right structure up to this FVU, or up to twice the noise of the rows
as a Gaussian process estimates it."""
SWEEPS, MORE_SWEEPS = 12, 40
STARTS, LINK_STARTS = 6, 3
"""Random starts for a structure with local minima: of y itself, and under a link."""
SWEEP_PRICE = 40
"""Evaluations that one sweep costs."""
CURVE_WORK = 8000
"""Most evaluations for the formula of one curve."""
EACH, COMBINED = 3, 6
"""Formulas of each curve, and combinations of them that are proposed."""
MOST_INPUTS = 16


@final
@dataclass(frozen=True)
class Separated(Strategy):
    """T(y) = Σ g_i(x_i) + Σ_r Π_i f_ri(x_i), where T is the inverse of an outer function.

    Attributes:
        finer: factor of the grid's refinement; oscillating curves need a finer grid.
        structures: the structures to try, the simplest first.
        links, work: the number of functions T, and most evaluations.
        named: structures of which an earlier strategy has named curves of y itself that fit to the
            noise.
        near_only: whether only curves that fit to the noise are named.
        noise: the fractions of noise in y, from and up to, with which this is tried.
    """

    finer: int = 1
    structures: tuple[Structure, ...] = (*SMALL, *LARGE)
    links: int = 10
    work: int = 8 * RATE
    named: tuple[Structure, ...] = ()
    near_only: bool = False
    noise: tuple[float, float] = 0.0, 1.0

    @property
    def leaves_near_misses(self) -> bool:
        """Not where only curves that fit to the noise are named."""
        return not self.near_only

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.inputs < 2 or problem.inputs > MOST_INPUTS:
            return
        if not self.noise[0] <= problem.noise_fraction <= self.noise[1]:
            return
        budget = budget.part(evaluations=self.work)
        # Validation takes the last fifth, which mustn't be the end of sorted rows.
        data = shuffle_rows(problem.search_data, problem.generator(5))
        basis = finer_basis(problem.bases[0] if problem.bases else BSpline(grid=7), self.finer)
        generator = torch.Generator().manual_seed(problem.seed)
        phi = basis_rows(basis, torch.from_numpy(data.x))
        if phi.shape[0] * phi.shape[2] > len(data.y) // 2:
            return
        near = max(NEAR, SLACK * problem.noise_fraction)
        waiting: list[tuple[float, Structure, Link, CurveProblem, SeparableFit]] = []
        for structure in self.structures:
            for link in LINKS[: self.links]:
                if budget.over:
                    return
                if not link.fits(data.y, problem.library):
                    continue
                curves = curve_problem(data, link, phi)
                fits: list[SeparableFit] = []
                for _ in range(_count_starts(structure, link)):
                    fits.append(sweep(curves, start(curves, structure, generator), SWEEPS))
                    budget.spend(SWEEP_PRICE * SWEEPS)
                    if fits[-1].fvu < near:
                        break
                fit = min(fits, key=lambda f: f.fvu)
                if fit.fvu < near:
                    if link is not LINKS[0] or structure not in self.named:
                        yield from name_curves(problem, data, curves, fit, link, budget)
                else:
                    waiting.append((fit.fvu, structure, link, curves, fit))
            waiting.sort(key=lambda w: w[0] * 4 ** w[1].products)
            for n, (fvu, structure_, link, curves, fit) in enumerate(waiting[:3]):
                if structure_.has_pitfalls and fvu > near and not budget.over:
                    fit = sweep(curves, fit, MORE_SWEEPS)
                    budget.spend(SWEEP_PRICE * MORE_SWEEPS)
                    waiting[n] = (fit.fvu, structure_, link, curves, fit)
                    if fit.fvu < near:
                        yield from name_curves(problem, data, curves, fit, link, budget)
        waiting.sort(key=lambda w: w[0] * 2 ** w[1].products)
        for fvu, _, link, curves, fit in () if self.near_only else waiting[:2]:
            if fvu < 0.9 and not budget.over:
                yield from name_curves(problem, data, curves, fit, link, budget)


def _count_starts(structure: Structure, link: Link) -> int:
    """How many random starts a fit gets at most: several where some end in local minima."""
    if not structure.has_pitfalls:
        return 1
    return STARTS if link is LINKS[0] else LINK_STARTS


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


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve of a fit: the product that it is a factor of, None for a term of the sum; its input
    and its rows."""

    product: int | None
    index: int
    rows: CurveRows


def list_curves(curves: CurveProblem, fit: SeparableFit) -> Iterator[Curve]:
    """The curves of a fit, factors first."""
    weight, target = np.square(curves.weight.numpy()), curves.target.numpy()
    missed = target - fit.predict(curves.phi).numpy()
    values, sums = fit.values(curves.phi).numpy(), fit.curves(curves.phi).numpy()
    error = fit.fvu * weighted_variance(target, weight)
    for r, i in fit.active.nonzero().tolist():
        others = np.prod(np.delete(values[r], i, axis=0), axis=0)
        yield Curve(r, i, CurveRows.of(values[r, i], others, missed, weight, error))
    for i in fit.added.nonzero()[:, 0].tolist():
        yield Curve(None, i, CurveRows.of(sums[i], np.ones(len(target)), missed, weight, error))


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
    found: list[tuple[Curve, list[Fit]]] = []
    for curve in list_curves(curves, fit):
        fits = curve.rows.name(
            data.x[:, curve.index],
            problem.library,
            budget.part(evaluations=CURVE_WORK),
            reach=problem.reach,
            keep=EACH,
        )
        if not fits:
            return
        found.append((curve, fits))
    if not found:
        return
    choices = sorted(product(*(fits for _, fits in found)), key=lambda c: sum(f.length for f in c))
    for choice in choices[:COMBINED]:
        named = [(c.product, c.index, f.tree) for (c, _), f in zip(found, choice, strict=True)]
        tree = assemble(named, fit.constant)
        yield Candidate(link.tree(tree, problem.library), f"curves under {link.function}")


def assemble(named: Sequence[tuple[int | None, int, Expression]], constant: float) -> Expression:
    """The sum of products and curves.

    Args:
        named: the product of each curve, its input, and its formula as a function of x_0.
    """
    products: dict[int, list[Expression]] = {}
    terms: list[Expression] = [free(constant)]
    for r, i, formula in named:
        tree = formula.substitute({0: Input(i)})
        if r is None:
            terms.append(tree)
        else:
            products.setdefault(r, []).append(tree)
    return add(*terms, *(multiply(*factors) for factors in products.values()))
