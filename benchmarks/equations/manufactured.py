"""Random differential equations whose solution is known, because the source is made from it.

Seeds below 100 may be looked at while a solver is made; what is reported has seeds from 1,000.
P. J. Roache, "Code verification by the method of manufactured solutions", 2002.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

import edgewise as ew
from benchmarks.discovery.dice import Dice
from benchmarks.equations.operators import OPERATORS, Operator
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.equations.fields import Field, read_derivative

FIRST_SEED = 1000
"""Seeds below were looked at while `solve` was made."""
JUDGED = 2000
"""Points where the error is measured."""


@dataclass(frozen=True)
class Kind:
    """A class of equations.

    Attributes:
        coordinates: their names; "t" is the time.
        fields: their names.
        likely: how often it is drawn, relative to the others.
        second_order: whether it is of second order in time.
        inflow: whether only the lower end of x has a condition.
    """

    coordinates: tuple[str, ...]
    fields: tuple[str, ...] = ("u",)
    likely: float = 1.0
    second_order: bool = False
    inflow: bool = False

    @property
    def space(self) -> list[str]:
        return [name for name in self.coordinates if name != "t"]


KINDS: Mapping[str, Kind] = {
    "boundary values": Kind(("x",)),
    "initial values": Kind(("t",), ("u", "v")),
    "oscillator": Kind(("t",), second_order=True),
    "elliptic": Kind(("x", "y"), likely=2),
    "elliptic system": Kind(("x", "y"), ("u", "v")),
    "elliptic, three coordinates": Kind(("x", "y", "z")),
    "parabolic": Kind(("x", "t"), likely=2),
    "parabolic, three coordinates": Kind(("x", "y", "t")),
    "reaction and diffusion": Kind(("x", "t"), ("u", "v")),
    "convection": Kind(("x", "t"), likely=1.5),
    "wave": Kind(("x", "t"), second_order=True, likely=1.5),
    "transport": Kind(("x", "t"), inflow=True),
}


@dataclass(frozen=True)
class Wave:
    """A Π sin(ω_j s_j + φ_j), s_j the coordinates as parts of their intervals.

    With a time s, the last factor is e^(-ω s) instead if `decays`.
    """

    height: float
    frequencies: tuple[float, ...]
    phases: tuple[float, ...]
    decays: bool

    def __call__(self, parts: Sequence[Any]) -> Any:
        made: Any = self.height
        for k, (s, w, phase) in enumerate(zip(parts, self.frequencies, self.phases, strict=True)):
            last = self.decays and k == len(parts) - 1
            made = made * (torch.exp(-w * s) if last else torch.sin(w * s + phase))
        return made


@dataclass(frozen=True)
class Front:
    """A tanh((s_0 - c - v s_1) / w): a step of width w that moves or is oblique."""

    height: float
    centre: float
    speed: float
    width: float

    def __call__(self, parts: Sequence[Any]) -> Any:
        moved = parts[0] - self.centre
        if len(parts) > 1:
            moved = moved - self.speed * parts[-1]
        return self.height * torch.tanh(moved * (1 / self.width))


@dataclass(frozen=True, eq=False)
class Manufactured:
    """An equation with its conditions and its solution.

    Attributes:
        seed: it was drawn by; kind: its class, a key of :data:`KINDS`.
        text: the equation without its source.
        front: the width of the front relative to the interval, or None.
        domain: lower and upper end of each coordinate.
        residual: what should be 0, as `ew.solve` takes it.
        conditions: as `ew.solve` takes them.
        terms: of each field the sum that it is.
        tolerance: the relative error that is asked for.
    """

    seed: int
    kind: str
    text: str
    front: float | None
    domain: Mapping[str, tuple[float, float]]
    residual: Callable[..., Any]
    conditions: list[Any]
    terms: Mapping[str, Sequence[Wave | Front]]
    tolerance: float

    def jets(self, points: Mapping[str, Tensor], order: int = 2) -> dict[str, Jets]:
        """The fields with their derivatives by all coordinates, at points of one shape."""
        return _solution_jets(self.domain, self.terms, points, order)

    def draw(self) -> tuple[dict[str, Tensor], Tensor]:
        """Points uniform in the box by their coordinates, and the fields there, (N, fields)."""
        generator = torch.Generator().manual_seed(self.seed + 10**6)
        points = {
            name: low + (high - low) * torch.rand(JUDGED, generator=generator, dtype=torch.float64)
            for name, (low, high) in self.domain.items()
        }
        jets = self.jets(points, 0)
        return points, torch.stack([jets[name].value for name in self.terms], 1)


def _solution_jets(
    domain: Mapping[str, tuple[float, float]],
    terms: Mapping[str, Sequence[Wave | Front]],
    points: Mapping[str, Tensor],
    order: int,
) -> dict[str, Jets]:
    ends = torch.tensor(list(domain.values()), dtype=torch.float64)
    low, high = ends.unbind(1)
    at = torch.stack([points[name].double() for name in domain], -1)
    begun = Jets.begin(at, Orders.up_to(order, len(domain)))
    parts = ((begun - low) * (1 / (high - low))).unbind(-1)
    return {name: sum(term(parts) for term in own) for name, own in terms.items()}


Solution = Callable[[Mapping[str, Tensor], int], dict[str, Jets]]
"""(points by coordinate, order) → the fields with their derivatives."""
Fields = Mapping[str, Field]


def as_fields(jets: Mapping[str, Jets], coordinates: Sequence[str]) -> dict[str, Field]:
    """Known fields as a residual sees those of `ew.solve`."""

    def fetch(each: Jets) -> Callable[[str], Tensor]:
        return lambda name: each.derivative(*read_derivative(name, coordinates))

    return {name: Field.make(each.value, fetch(each)) for name, each in jets.items()}


class Residual:
    """Operator(u) - operator(solution), with the fields and coordinates as its arguments."""

    def __init__(self, kind: Kind, operator: Operator, solve: Solution) -> None:
        self._kind, self._operator, self._solve = kind, operator, solve
        names = (*kind.fields, *kind.coordinates)
        each = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in names]
        self.__signature__ = inspect.Signature(each)

    def __call__(self, *values: Any, **named: Any) -> Any:
        given = self.__signature__.bind(*values, **named).arguments
        points = {name: given[name] for name in self._kind.coordinates}
        fields = {name: given[name] for name in self._kind.fields}
        shape = torch.broadcast_shapes(*(p.shape for p in points.values()))
        points = {name: p.expand(shape) for name, p in points.items()}
        truth = as_fields(self._solve(points, 2), self._kind.coordinates)
        ours, theirs = self._operator(fields, points), self._operator(truth, points)
        made = [a - b for a, b in zip(ours, theirs, strict=True)]
        return made[0] if len(made) == 1 else tuple(made)


class FaceValue:
    """A u + b ∂u/∂n of the solution at one end of a coordinate, of the other coordinates."""

    def __init__(
        self, domain: Mapping[str, tuple[float, float]], where: str, at: float,
        pick: Callable[[Fields], Tensor], solve: Solution,
    ) -> None:  # fmt: skip
        self._names = list(domain)
        self._where, self._at, self._pick, self._solve = where, at, pick, solve
        others = [name for name in domain if name != where]
        each = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in others]
        self.__signature__ = inspect.Signature(each)

    def __call__(self, *values: Tensor, **named: Tensor) -> Tensor:
        given = dict(self.__signature__.bind(*values, **named).arguments)
        shape = torch.broadcast_shapes(*(p.shape for p in given.values()))
        points = {n: p.expand(shape) for n, p in given.items()}
        points[self._where] = torch.full(shape, self._at, dtype=torch.float64)
        jets = self._solve({name: points[name] for name in self._names}, 1)
        return self._pick(as_fields(jets, self._names))


def draw(seed: int) -> Manufactured:
    """The problem of a seed."""
    dice = Dice(seed, 30)
    name = dice.weigh({name: kind.likely for name, kind in KINDS.items()})
    kind = KINDS[name]
    domain = {c: _draw_interval(dice, c) for c in kind.coordinates}
    periodic = len(kind.coordinates) > 1 and not kind.inflow and dice.chance(0.2)
    front = _draw_front(dice, kind, periodic)
    terms = {field: _draw_terms(dice, kind, periodic, front) for field in kind.fields}

    def solve(points: Mapping[str, Tensor], order: int) -> dict[str, Jets]:
        return _solution_jets(domain, terms, points, order)

    lengths = {c: high - low for c, (low, high) in domain.items()}
    operator, text = OPERATORS[name](dice, lengths)
    exponent = dice.uniform(3, 8) if len(kind.coordinates) < 3 else dice.uniform(2, 5)
    if front is not None:
        exponent = min(exponent, 6.0)
    conditions = _draw_conditions(dice, kind, domain, periodic, solve)
    residual = Residual(kind, operator, solve)
    return Manufactured(
        seed, name, text, front, domain, residual, conditions, terms, 10.0**-exponent
    )


def _draw_interval(dice: Dice, coordinate: str) -> tuple[float, float]:
    if coordinate == "t":
        return 0.0, round(dice.uniform(0.5, 2), 2)
    low = round(dice.uniform(-1, 0.5), 2)
    return low, round(low + dice.uniform(0.7, 2.5), 2)


def _draw_front(dice: Dice, kind: Kind, periodic: bool) -> float | None:
    rarely = dice.chance(0.2)
    if not rarely or periodic or len(kind.coordinates) > 2 or kind.coordinates == ("t",):
        return None
    return 10.0 ** dice.uniform(-2, -1)


def _draw_terms(dice: Dice, kind: Kind, periodic: bool, front: float | None) -> list[Wave | Front]:
    """Some waves of up to 3 periods, of a whole number of them in x if it is periodic."""
    highest = dice.uniform(0.5, 3 if len(kind.coordinates) < 3 else 1.5)
    made: list[Wave | Front] = []
    for _ in range(dice.whole(1, 3)):
        frequencies = [2 * math.pi * dice.uniform(0.1, highest) for _ in kind.coordinates]
        if periodic:
            frequencies[0] = 2 * math.pi * dice.whole(1, max(1, round(highest)))
        phases = [dice.uniform(0, 2 * math.pi) for _ in kind.coordinates]
        decays = "t" in kind.coordinates and dice.chance(0.5)
        if decays:
            frequencies[-1] = dice.uniform(0.3, 3)
        made.append(Wave(dice.uniform(0.3, 1), tuple(frequencies), tuple(phases), decays))
    if front is not None:
        speed = dice.uniform(-0.3, 0.3)
        made.append(Front(dice.uniform(0.5, 1), dice.uniform(0.3, 0.7), speed, front))
    return made


def _draw_conditions(
    dice: Dice,
    kind: Kind,
    domain: Mapping[str, tuple[float, float]],
    periodic: bool,
    solve: Solution,
) -> list[Any]:
    made: list[Any] = []
    if "t" in kind.coordinates:
        start = domain["t"][0]

        def at_start(pick: Callable[[Fields], Tensor]) -> Any:
            value = FaceValue(domain, "t", start, pick, solve)
            return value if len(domain) > 1 else float(value())

        values = {f: at_start(lambda u, f=f: u[f]) for f in kind.fields}
        slopes = {f: at_start(lambda u, f=f: u[f].dt) for f in kind.fields}
        made += ew.equations.initial(values, slopes if kind.second_order else None)
    for place, name in enumerate(kind.space):
        if periodic and place == 0:
            made.append(ew.equations.periodic(name))
            continue
        for field in kind.fields:
            sides = ("low",) if kind.inflow else ("low", "high")
            free = False
            for side in sides:
                # Values at one end at least, so that there is one solution and no more.
                a, b = _draw_weights(dice, values_only=kind.inflow or (side == "high" and free))
                free = a == 0
                made.append(_make_condition(domain, name, side, field, a, b, solve))
    return made


def _draw_weights(dice: Dice, values_only: bool) -> tuple[float, float]:
    """a and b of a u + b ∂u/∂n."""
    if values_only or dice.chance(0.7):
        return 1.0, 0.0
    return (0.0, 1.0) if dice.chance(0.6) else (1.0, dice.uniform(0.2, 1))


def _make_condition(
    domain: Mapping[str, tuple[float, float]], where: str, side: str, field: str,
    a: float, b: float, solve: Solution,
) -> Any:  # fmt: skip
    outwards = -1.0 if side == "low" else 1.0
    at = domain[where][side == "high"]

    def pick(fields: Fields) -> Tensor:
        truth = fields[field]
        return a * truth + b * outwards * getattr(truth, f"d{where}")

    value: Any = FaceValue(domain, where, at, pick, solve)
    if len(domain) == 1:
        value = float(value())
    options = {"side": side, "field": field}
    if b == 0:
        return ew.equations.dirichlet(where, value, **options)
    if a == 0:
        return ew.equations.neumann(where, value, **options)
    return ew.equations.robin(where, a, b, value, **options)
