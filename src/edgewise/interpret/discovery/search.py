"""The search behind `discover`: structures in the order of their size, until the budget ends."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.bases import Basis
from edgewise.interpret.discovery.groups import Group, possible, with_groups
from edgewise.interpret.discovery.links import Link, usable
from edgewise.interpret.discovery.separable import (
    Problem,
    SeparableFit,
    Structure,
    basis_rows,
    started,
    swept,
)
from edgewise.interpret.discovery.symbolize import pruned, symbolized
from edgewise.interpret.symbolic.criterion import formula_bits
from edgewise.interpret.symbolic.library import Library
from edgewise.interpret.symbolic.network import SymbolicKAN
from edgewise.interpret.symbolic.regress import improved

STRUCTURES = (
    Structure(0, True),
    Structure(1, False),
    Structure(2, False),
    Structure(1, True),
    Structure(3, False),
    Structure(2, True),
)
NEAR = 1e-5
"""Share of the variance that curves on a grid miss at most where the structure is right."""
EXACT = 1e-13
SWEEPS = 12
MORE_SWEEPS = 60
MOST_GROUPS = 3


@dataclass
class Data:
    """Rows for fitting, with what is the same for all tries.

    Shape:
        x: (rows, in), y: (rows,); the first `train` rows fit, the others judge.
    """

    x: Tensor
    y: Tensor
    sign: float
    train: int
    variance: float
    library: Library
    reach: float
    deadline: float
    began: float
    bar: Any
    generator: torch.Generator
    tries: list[Try] = field(default_factory=list)
    shares: dict[Any, float] = field(default_factory=dict)
    network_shares: list[float] = field(default_factory=list)

    @property
    def scale(self) -> float:
        """Standard deviation of y: what networks are trained on is divided by it."""
        return self.variance**0.5

    def late(self, part: float = 1.0) -> bool:
        """Whether this part of the budget is over."""
        return perf_counter() > self.began + part * (self.deadline - self.began)

    def target(self) -> Tensor:
        """y as it was given, (rows, 1)."""
        return self.sign * self.y[:, None]

    def share(self, model: nn.Module, scale: float = 1.0) -> float:
        """The share of the variance that scale · model misses, on the rows that judge."""
        with torch.no_grad():
            answer = scale * model(self.x[self.train :])
        missed = (answer - self.target()[self.train :]).square().mean()
        return float(missed) / self.variance if bool(missed.isfinite()) else math.inf

    def network_share(self, model: nn.Module) -> float:
        """The same of a network of y / scale."""
        return self.share(model, self.scale)


@dataclass(frozen=True)
class Try:
    """A formula, and how it was found."""

    model: SymbolicKAN
    share: float
    complexity: float
    source: str

    def bits(self, rows: int) -> float:
        """Length of the description of the data; see `symbolic.criterion`."""
        return self.complexity + 0.5 * min(rows, 1000) * math.log2(max(self.share, 1e-15))


@dataclass(frozen=True)
class Shape:
    """What a fit of curves looked like: enough to make it again."""

    structure: Structure
    link: Link
    groups: tuple[Group, ...] = ()

    def source(self) -> str:
        """In words."""
        parts = [f"{self.structure.products} products"] if self.structure.products else []
        parts += ["a sum of curves"] if self.structure.additive else []
        outer = "" if self.link.function == "x" else f" under {self.link.function}"
        inner = ", ".join(f"x{g.i}{g.operation.name}x{g.j}" for g in self.groups)
        return " + ".join(parts) + outer + (f" with {inner}" if inner else "")


@dataclass(frozen=True)
class Fitted:
    """A fit of curves with its shape and problem."""

    shape: Shape
    problem: Problem
    fit: SeparableFit

    @property
    def cost(self) -> float:
        """Share missed, with a handicap for more curves: what is tried first."""
        size = self.shape.structure.products + 0.5 * len(self.shape.groups)
        return math.log10(max(self.fit.share, 1e-12)) + 0.4 * size


def problem_of(data: Data, link: Link, phi: Tensor) -> Problem:
    """T(y) and the weights that make its errors those of y."""
    target = link.inverse(data.y)
    _, slope = link.outer(data.library).value_and_slope(target)
    weight = slope.abs()
    return Problem(phi, target, weight / weight.mean().clamp_min(1e-300), data.train)


def separable_fits(data: Data, basis: Basis) -> Iterator[Fitted]:
    """Sums of products of curves of the inputs themselves, the simplest first."""
    phi = basis_rows(basis, data.x)
    links = usable(data.y, data.library)
    for structure in STRUCTURES:
        if data.x.shape[1] == 1 and structure.products:
            continue
        for link in links:
            if data.late(0.5):
                return
            problem = problem_of(data, link, phi)
            fit = swept(problem, started(problem, structure, data.generator), SWEEPS)
            yield Fitted(Shape(structure, link), problem, fit)


def resumed(data: Data, fitted: Fitted, sweeps: int = MORE_SWEEPS) -> Fitted:
    """The fit after many more sweeps, or a new start where that gets further."""
    more = swept(fitted.problem, fitted.fit, sweeps)
    if more.share > NEAR and fitted.shape.structure.products > 1:
        other = started(fitted.problem, fitted.shape.structure, data.generator)
        other = swept(fitted.problem, other, sweeps)
        more = min(more, other, key=lambda f: f.share)
    return replace(fitted, fit=more)


def grouped_fits(data: Data, basis: Basis) -> Iterator[Fitted]:
    """The same with variables made of two, added one after another where they help most."""
    links = usable(data.y, data.library)
    few = _likely_links(data, links)
    chosen: list[Group] = []
    for _ in range(MOST_GROUPS):
        wide = with_groups(data.x, chosen)
        options = possible(wide, chosen)
        found: list[tuple[float, Group, Fitted]] = []
        for group in options:
            if data.late(0.75):
                return
            columns = with_groups(data.x, [*chosen, group])
            phi = basis_rows(basis, columns)
            for link in few:
                problem = problem_of(data, link, phi)
                start = started(problem, Structure(1, False), data.generator)
                fit = swept(problem, start, 4)
                shape = Shape(Structure(1, False), link, (*chosen, group))
                fitted = Fitted(shape, problem, fit)
                found.append((fit.share, group, fitted))
        if not found:
            return
        found.sort(key=lambda f: f[0])
        for _, _, fitted in found[:2]:
            yield resumed(data, fitted, 20)
        chosen = [*chosen, found[0][1]]
        phi = basis_rows(basis, with_groups(data.x, chosen))
        for structure in STRUCTURES[2:]:
            for link in few:
                if data.late(0.75):
                    return
                problem = problem_of(data, link, phi)
                fit = swept(problem, started(problem, structure, data.generator), SWEEPS)
                yield Fitted(Shape(structure, link, tuple(chosen)), problem, fit)


def _likely_links(data: Data, links: list[Link]) -> list[Link]:
    """No link, the logarithm, and the one that did best so far."""
    best = sorted((share, key.link.function) for key, share in data.shares.items())
    names = ["x", *dict.fromkeys(name for _, name in best)][:3]
    return [link for link in links if link.function in names] or links[:2]


def formula_of(data: Data, fitted: Fitted) -> Try | None:
    """The formula of a fit of curves: named, refitted to y, exchanged where that helps."""
    fit = pruned(fitted.problem, fitted.fit)
    shape = fitted.shape
    if not bool(fit.active.any()) and not bool(fit.added.any()):
        return None
    model, options = symbolized(
        data.x,
        fitted.problem,
        fit,
        shape.link,
        data.library,
        list(shape.groups),
        reach=data.reach,
        sign=data.sign,
    )
    train = slice(0, data.train)
    left = data.deadline - perf_counter()
    model = improved(
        model, options, data.x[train], data.target()[train], max(0.0, min(0.25 * left, 4.0))
    )
    return judged(data, model, shape.source())


def judged(data: Data, model: SymbolicKAN, source: str) -> Try:
    """A formula with its error on the rows that judge."""
    share = data.share(model)
    complexity = formula_bits(model, 1.0, len(data.x))
    return Try(model, share, complexity, source)
