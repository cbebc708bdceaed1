"""The search behind `discover`: structures in the order of their size, until the budget ends."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.bases import Basis
from edgewise.discovery.expand import expanded
from edgewise.discovery.groups import Group, possible, with_groups
from edgewise.discovery.links import LINKS, Link, usable
from edgewise.discovery.separable import (
    Problem,
    SeparableFit,
    Structure,
    basis_rows,
    started,
    swept,
)
from edgewise.discovery.symbolize import pruned, symbolized
from edgewise.symbolic.build import Place
from edgewise.symbolic.criterion import data_bits, formula_bits
from edgewise.symbolic.library import Library
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.regress import improved
from edgewise.symbolic.suggestions import Candidate

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
MORE_SWEEPS = 40
MOST_GROUPS = 3
BEAM = 2


@dataclass
class Data:
    """Rows for fitting, with what is the same for all tries.

    Shape:
        x: (rows, in), y: (rows,); the first `train` rows fit, the others judge.

    Attributes:
        classes: whether y is one of two classes, -1 and 1.
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
    classes: bool = False
    tries: list[Try] = field(default_factory=list)
    shares: dict[Shape, float] = field(default_factory=dict)
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

    def share(self, model: nn.Module, scale: float = 1.0, spared: float = 0.0) -> float:
        """The share of the variance that scale · model misses, on the rows that judge.

        Infinite for a formula that isn't defined at some row. ``spared`` is the part of the rows,
        the worst, that don't count.
        """
        if isinstance(model, SymbolicKAN) and not bool(model.defined(self.x).all()):
            return math.inf
        with torch.no_grad():
            answer = scale * model(self.x[self.train :])
        squares = (answer - self.target()[self.train :]).square().flatten()
        if not bool(squares.isfinite().all()):
            return math.inf
        if spared:
            squares = squares.sort().values[: len(squares) - int(spared * len(squares))]
        return float(squares.mean()) / self.variance

    def numeric_share(self) -> float:
        """What the best curves or network missed."""
        return min([*self.shares.values(), *self.network_shares, 1.0])

    def network_share(self, model: nn.Module, spared: float = 0.0) -> float:
        """The same of a network of y / scale."""
        return self.share(model, self.scale, spared)


@dataclass(frozen=True)
class Try:
    """A formula, and how it was found."""

    model: SymbolicKAN
    share: float
    complexity: float
    source: str

    def bits(self, rows: int) -> float:
        """Length of the description of the data; see `symbolic.criterion`."""
        return self.complexity + data_bits(self.share, rows)


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

    @property
    def plainness(self) -> float:
        """The cost where a product of curves is never worth its share."""
        return self.cost + 100.0 * self.shape.structure.products


def problem_of(data: Data, link: Link, phi: Tensor) -> Problem:
    """T(y) and the weights that make its errors those of y."""
    target = link.inverse(data.y)
    _, slope = link.outer(data.library).value_and_slope(target)
    weight = slope.abs()
    return Problem(phi, target, weight / weight.mean().clamp_min(1e-300), data.train)


def fitted(data: Data, shape: Shape, phi: Tensor, sweeps: int = SWEEPS) -> Fitted:
    """The curves of a shape, from a new start."""
    problem = problem_of(data, shape.link, phi)
    fit = swept(problem, started(problem, shape.structure, data.generator), sweeps)
    return Fitted(shape, problem, fit)


def separable_fits(data: Data, basis: Basis) -> Iterator[list[Fitted]]:
    """Sums of products of curves of the inputs themselves, the simplest first."""
    yield from _all_structures(data, basis, [], usable(data.y, data.library), STRUCTURES, 0.5)


def finer_fits(data: Data, basis: Basis) -> Iterator[list[Fitted]]:
    """Sums and single products on a finer grid: curves that oscillate need one."""
    links = usable(data.y, data.library)
    yield from _all_structures(data, basis, [], links, STRUCTURES[:2], 0.5)


def _all_structures(
    data: Data,
    basis: Basis,
    groups: list[Group],
    links: list[Link],
    structures: Sequence[Structure],
    part: float,
) -> Iterator[list[Fitted]]:
    """For each structure the fits under each link."""
    phi = basis_rows(basis, with_groups(data.x, groups))
    for structure in structures:
        if len(phi) == 1 and structure.products:
            continue
        found = []
        for link in links:
            if data.late(part):
                break
            found.append(fitted(data, Shape(structure, link, tuple(groups)), phi))
        if found:
            yield found


def resumed(data: Data, found: Fitted, sweeps: int = MORE_SWEEPS) -> Fitted:
    """The fit after many more sweeps, or a new start where that gets further."""
    more = swept(found.problem, found.fit, sweeps)
    if more.share > NEAR and found.shape.structure.products > 1:
        other = started(found.problem, found.shape.structure, data.generator)
        other = swept(found.problem, other, sweeps)
        more = min(more, other, key=lambda f: f.share)
    return replace(found, fit=more)


def grouped_fits(data: Data, basis: Basis) -> Iterator[list[Fitted]]:
    """The same with variables made of two, added one after another where they help most."""
    links = usable(data.y, data.library)
    beams: list[list[Group]] = [[]]
    for _ in range(MOST_GROUPS):
        screened: list[Fitted] = []
        for chosen in beams:
            screened += _screened(data, basis, chosen, _likely_links(data, links))
        if not screened:
            return
        screened.sort(key=lambda f: f.fit.share)
        beams = []
        for found in screened:
            groups = list(found.shape.groups)
            if not any(set(groups) == set(known) for known in beams):
                beams.append(groups)
            if len(beams) == BEAM:
                break
        for groups in beams:
            yield from _all_structures(data, basis, groups, links, STRUCTURES, 0.8)


def _screened(data: Data, basis: Basis, chosen: list[Group], links: list[Link]) -> list[Fitted]:
    """The best fit with each further group: of a product, a sum, and two products."""
    wide = with_groups(data.x, chosen)
    known = basis_rows(basis, wide)
    found = []
    for group in possible(wide, chosen):
        if data.late(0.8):
            return []
        phi = torch.cat([known, basis_rows(basis, group.column(wide)[:, None])])
        groups = (*chosen, group)
        tries = [fitted(data, Shape(Structure(1, False), LINKS[0], groups), phi, 4)]
        for link in links:
            tries.append(fitted(data, Shape(Structure(0, True), link, groups), phi))
            tries.append(fitted(data, Shape(Structure(2, False), link, groups), phi, 4))
        found.append(min(tries, key=lambda f: f.fit.share))
    return found


def _likely_links(data: Data, links: list[Link]) -> list[Link]:
    """No link, and the one that did best so far."""
    best = sorted((share, key.link.function) for key, share in data.shares.items())
    names = list(dict.fromkeys(["x", *(name for _, name in best)]))[:2]
    return [link for link in links if link.function in names]


@dataclass(frozen=True)
class Named:
    """A fit of curves with a function for each; `share` is what it misses before any refit."""

    found: Fitted
    model: SymbolicKAN
    options: dict[Place, list[Candidate]]
    share: float


def named(data: Data, found: Fitted) -> Named | None:
    """The fit with its curves named; None if nothing is left of it."""
    fit = pruned(found.problem, found.fit)
    if not bool(fit.active.any()) and not bool(fit.added.any()):
        return None
    shape = found.shape
    model, options = symbolized(
        data.x,
        found.problem,
        fit,
        shape.link,
        data.library,
        list(shape.groups),
        reach=data.reach,
        sign=data.sign,
    )
    return Named(found, model, options, data.share(model))


def formula_of(data: Data, start: Named, seconds: float) -> Try:
    """The formula of named curves, refitted to y.

    Args:
        seconds: for trying other functions in the place of those that fit the curves best.
    """
    train = slice(0, data.train)
    x, y = data.x[train], data.target()[train]
    model = expanded(improved(start.model, start.options, x, y, 0.0), x, y)
    if data.share(model) > EXACT and seconds > 0:
        model = improved(model, start.options, x, y, seconds)
    return judged(data, model, start.found.shape.source())


def judged(data: Data, model: SymbolicKAN, source: str) -> Try:
    """A formula with its error on the rows that judge."""
    share = data.share(model)
    complexity = formula_bits(model, 1.0, len(data.x))
    return Try(model, share, complexity, source)
