"""Fit y by sums and products of curves of one input, then find a formula for each curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import final

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.bases import Basis, BSpline
from edgewise.data.rows import weighted_variance
from edgewise.discovery.problem import Problem
from edgewise.discovery.product_sums import name_products
from edgewise.discovery.separable import (
    CurveProblem,
    SeparableFit,
    SeparableForm,
    basis_rows,
    move,
    prune,
    start,
    sweep,
)
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.affine import split_constant
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, Input, add, free, multiply
from edgewise.search.budget import RATE, Budget
from edgewise.search.curve_formulas import CurveRows
from edgewise.search.explore import shuffle_rows
from edgewise.search.links import LINKS, Link

SIMPLE = SeparableForm(0, True), SeparableForm(1, False)
SMALL = *SIMPLE, SeparableForm(1, True)
LARGE = SeparableForm(2, False), SeparableForm(3, False), SeparableForm(2, True)
"""Structures, the simplest first. The simple ones have no local minima; the small ones are fitted
in a tenth of a second."""
NEAR, SLACK = 1e-5, 2.0
"""Curves are taken to have the right structure up to this FVU, or up to twice the noise of the rows
as a Gaussian process estimates it."""
ROUGH = 30.0
"""The same for several products before their curves are refined, in units of it."""
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
FINER, ENOUGH = (2, 4), 0.5
"""How many times as many functions refine curves, and the fraction of the errors that they leave at
most."""
UNRESOLVED = 10.0
"""How many times as large the errors of a curve may be as the mean, if they are no noise."""
VANISHED = 1 / 3
"""A term of the sum whose variance is less than three times the errors is none: as in `prune`."""


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
        starts, price: random starts of y itself, and evaluations that a sweep costs.
    """

    finer: int = 1
    structures: tuple[SeparableForm, ...] = (*SMALL, *LARGE)
    links: int = 10
    work: int = 8 * RATE
    named: tuple[SeparableForm, ...] = ()
    near_only: bool = False
    noise: tuple[float, float] = 0.0, 1.0
    starts: int = STARTS
    price: int = SWEEP_PRICE

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
        near = find_near(problem)
        waiting: list[tuple[float, SeparableForm, Link, CurveProblem, SeparableFit]] = []
        for structure in self.structures:
            for link in LINKS[: self.links]:
                if budget.over:
                    return
                undone = link.undo(data.y, problem.library)
                if undone is None:
                    continue
                curves = curve_problem(data, *undone, phi)
                # Without some rows the factors depend on each other, and settle slowly.
                sweeps = SWEEPS if np.isfinite(undone[1]).all() else MORE_SWEEPS
                begun = [structure] * self._count_starts(structure, link)
                fit = self._fit_starts(curves, begun, sweeps, near, generator, budget)
                # Steep curves are only near once they are refined.
                if fit.fvu < (ROUGH * near if structure.products > 1 else near):
                    if link is not LINKS[0] or structure not in self.named:
                        yield from name_curves(problem, data, curves, fit, link, budget, basis)
                else:
                    waiting.append((fit.fvu, structure, link, curves, fit))
            waiting.sort(key=lambda w: w[0] * 4 ** w[1].products)
            for n, (fvu, structure_, link, curves, fit) in enumerate(waiting[:3]):
                if structure_.has_pitfalls and fvu > near and not budget.over:
                    fit = sweep(curves, fit, MORE_SWEEPS)
                    budget.spend(self.price * MORE_SWEEPS)
                    waiting[n] = (fit.fvu, structure_, link, curves, fit)
                    if fit.fvu < near:
                        yield from name_curves(problem, data, curves, fit, link, budget, basis)
        waiting.sort(key=lambda w: w[0] * 2 ** w[1].products)
        for fvu, _, link, curves, fit in () if self.near_only else waiting[:2]:
            if fvu < 0.9 and not budget.over:
                yield from name_curves(problem, data, curves, fit, link, budget, basis)

    def _fit_starts(
        self,
        curves: CurveProblem,
        begun: Sequence[SeparableForm],
        sweeps: int,
        near: float,
        generator: torch.Generator,
        budget: Budget,
    ) -> SeparableFit:
        """The best of fits from random starts, of these structures, until one is near."""
        fits: list[SeparableFit] = []
        for structure in begun:
            fits.append(sweep(curves, start(curves, structure, generator), sweeps))
            budget.spend(self.price * sweeps)
            if fits[-1].fvu < near:
                break
        return min(fits, key=lambda f: f.fvu)

    def _count_starts(self, structure: SeparableForm, link: Link) -> int:
        """How many random starts a fit gets at most: several where some end in local minima."""
        if not structure.has_pitfalls:
            return 1
        return self.starts if link is LINKS[0] else LINK_STARTS


def find_near(problem: Problem) -> float:
    """The FVU below which curves are taken to have the right structure."""
    return max(NEAR, SLACK * problem.noise_fraction)


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


def curve_problem(data: Data, target: Array, slope: Array, phi: torch.Tensor) -> CurveProblem:
    """The fit of T(y), weighted so that its errors are those of y; 1/5 of rows validate it.

    Args:
        target, slope: T(y) and |T'(y)|, which is infinite where a row doesn't tell T(y).
    """
    weight = 1 / np.maximum(np.abs(slope), 1e-150)
    if data.weight is not None:
        weight = weight * np.sqrt(data.weight)
    told = np.isfinite(slope)
    weight = np.where(told, np.clip(weight / np.median(weight[told]), 1e-3, 1e3), 0.0)
    train = len(data.y) - len(data.y) // 5
    return CurveProblem(
        phi,
        torch.from_numpy(np.ascontiguousarray(target)),
        torch.from_numpy(weight / weight.mean()),
        train,
    )


@dataclass(frozen=True, eq=False)
class FittedCurve:
    """A curve of a fit: the product that it is a factor of, None for a term of the sum; its input
    and its rows."""

    product: int | None
    index: int
    rows: CurveRows


def list_factors(fit: SeparableFit, values: Array, errors: _Errors) -> Iterator[FittedCurve]:
    """The factors of the products of a fit; values: (products, in, rows)"""
    for r, i in fit.active.nonzero().tolist():
        others = np.prod(np.delete(values[r], i, axis=0), axis=0)
        yield FittedCurve(r, i, errors.rows(values[r, i], others))


def list_terms(fit: SeparableFit, sums: Array, errors: _Errors) -> Iterator[FittedCurve]:
    """The terms of the sum of a fit that are larger than its errors; sums: (in, rows)"""
    for i in fit.added.nonzero()[:, 0].tolist():
        curve = FittedCurve(None, i, errors.rows(sums[i], np.ones(sums.shape[1])))
        if curve.rows.floor < VANISHED:
            yield curve


@dataclass(frozen=True, eq=False)
class _Errors:
    """The residuals of a fit, the weights of its rows, and its mean squared error."""

    missed: Array
    weight: Array
    mean: float

    @classmethod
    def of(cls, curves: CurveProblem, fit: SeparableFit) -> _Errors:
        weight, target = np.square(curves.weight.numpy()), curves.target.numpy()
        missed = target - fit.predict(curves.phi).numpy()
        return cls(missed, weight, fit.fvu * weighted_variance(target, weight))

    def rows(self, value: Array, slope: Array) -> CurveRows:
        return CurveRows.of(value, slope, self.missed, self.weight, self.mean)


def refine(
    data: Data, curves: CurveProblem, fit: SeparableFit, basis: Basis
) -> tuple[CurveProblem, SeparableFit]:
    """Fit with twice and four times as many functions, while that halves the errors.

    If the last time did, the errors are those of the curves and no noise: they are smooth, and a
    formula for a curve may be several times as far off.
    """
    x, unresolved = torch.from_numpy(data.x), False
    for times in FINER:
        phi = basis_rows(finer_basis(basis, times), x)
        if phi.shape[0] * phi.shape[2] > len(data.y) // 2:
            break
        finer = replace(curves, phi=phi)
        fine = sweep(finer, move(fit, curves.phi, phi), SWEEPS)
        unresolved = fine.fvu < ENOUGH * fit.fvu
        if not unresolved:
            break
        curves, fit = finer, fine
    return curves, replace(fit, fvu=(UNRESOLVED if unresolved else 1.0) * fit.fvu)


def name_curves(
    problem: Problem,
    data: Data,
    curves: CurveProblem,
    fit: SeparableFit,
    link: Link,
    budget: Budget,
    basis: Basis,
) -> Iterator[Candidate]:
    """Formulas of a fit: first the best formula of each curve, then other combinations.

    Curves are refined first, so that their errors are small beside what tells formulas apart.
    In f(x) g(z) + h(z), f is determined only up to a constant, because h may be any curve. So the
    constant of the formula for f is moved to h: it is multiplied by g and added. Multiples of g may
    be a term of the formula for h. Factors of several products have names together.
    """
    curves, fit = refine(data, curves, prune(curves, fit), basis)
    budget.spend(200)
    if len(fit.active) > 1 and not fit.added.any():
        source = f"products under {link.function}"
        given = problem.library, problem.reach, budget
        near = fit.fvu <= find_near(problem)
        trees = name_products(data.x, curves, fit, *given) if near else ()
    else:
        source = f"curves under {link.function}"
        trees = _combine(_name_each(problem, data, curves, fit, budget), fit.constant)
    for tree in trees:
        yield Candidate(link.tree(tree, problem.library), source)


def _name_each(
    problem: Problem, data: Data, curves: CurveProblem, fit: SeparableFit, budget: Budget
) -> list[tuple[FittedCurve, list[Fit]]]:
    """The formulas of each curve, the best first; empty if one of them has none."""

    def name(curve: FittedCurve, beside: Sequence[Expression] = ()) -> list[Fit]:
        return curve.rows.name(
            data.x[:, curve.index],
            problem.library,
            budget.part(evaluations=CURVE_WORK),
            reach=problem.reach,
            keep=EACH,
            beside=beside,
        )

    values, sums = fit.values(curves.phi).numpy(), fit.curves(curves.phi).numpy()
    errors = _Errors.of(curves, fit)
    found: list[tuple[FittedCurve, list[Fit]]] = []
    for curve in list_factors(fit, values, errors):
        fits = name(curve)
        if not fits:
            return []
        other = find_other(fit, curve)
        if other is not None:
            constant, _ = split_constant(fits[0].tree)
            sums[other] += constant.value * values[curve.product, other]
            fits = [replace(f, tree=add(*split_constant(f.tree)[1])) for f in fits]
        found.append((curve, fits))
    for curve in list_terms(fit, sums, errors):
        factors = [f[0].tree for c, f in found if c.product is not None and c.index == curve.index]
        fits = name(curve, factors)
        if not fits:
            return []
        found.append((curve, fits))
    return found


def _combine(found: list[tuple[FittedCurve, list[Fit]]], constant: float) -> Iterator[Expression]:
    """Combinations of one formula of each curve, the shortest first; none without curves."""
    choices = product(*(fits for _, fits in found)) if found else ()
    for choice in sorted(choices, key=lambda c: sum(f.length for f in c))[:COMBINED]:
        named = [(c.product, c.index, f.tree) for (c, _), f in zip(found, choice, strict=True)]
        yield assemble(named, constant)


def find_other(fit: SeparableFit, factor: FittedCurve) -> int | None:
    """The input of the other factor, if there is one and the sum has a curve of it."""
    others = [j for j in fit.active[factor.product].nonzero()[:, 0].tolist() if j != factor.index]
    return others[0] if len(others) == 1 and bool(fit.added[others[0]]) else None


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
