"""Which formulas are found: rows with known answers, and the Feynman equations.

A formula counts as found only if, on fresh points, its sympy expression equals the truth to 1e-6 of
the spread, or on noisy data misses it by less than a quarter of the noise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from edgewise.bases import Basis
from edgewise.datasets import create_dataset, feynman
from edgewise.discovery import Discovery, discover
from edgewise.discovery.discover import BASES as SEARCHED
from edgewise.symbolic import LIBRARY, Function, Library
from edgewise.symbolic.formula import symbols_of, to_numpy

SAME = 1e-6
PART_OF_NOISE = 0.25
BASES: dict[str, Basis] = {basis.name: basis for basis in SEARCHED}

Target = Callable[[Tensor], Tensor]


def _bessel(z: Any) -> Any:
    import sympy

    return sympy.besselj(0, z)


J0 = Function(
    "J0",
    torch.special.bessel_j0,
    _bessel,
    6.0,
    symmetric=True,
    slope=lambda u: -torch.special.bessel_j1(u),
)


@dataclass(frozen=True)
class Row:
    """A task with a known answer.

    Attributes:
        target: the function; None for a task that has none.
        noise: standard deviation of noise on y, as a share of y's.
        control: whether the right answer is that there is no formula.
    """

    name: str
    formula: str
    target: Target
    inputs: int
    ranges: Any = (-1.0, 1.0)
    noise: float = 0.0
    control: bool = False
    library: Library | None = None
    reach: float = 16.0

    def data(self, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """x and y to fit, and fresh ones."""
        data = create_dataset(
            self.target,
            self.inputs,
            ranges=self.ranges,
            noise=self.noise,
            seed=seed,
            dtype=torch.float64,
        )
        return *data.train, *data.test


@dataclass(frozen=True)
class Moons(Row):
    """Two classes, 0 and 1; the formula's sign tells them apart."""

    least: float = 0.997

    def data(self, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        from sklearn.datasets import make_moons

        (x, y), (x_test, y_test) = (
            map(torch.from_numpy, make_moons(1000, noise=0.1, random_state=2 * seed + part))
            for part in range(2)
        )
        return x, y[:, None], x_test, y_test[:, None]


def _bumps(x: Tensor) -> Tensor:
    """30 Gaussian bumps at random places."""
    generator = torch.Generator().manual_seed(0)
    centres = torch.rand(30, x.shape[1], generator=generator, dtype=torch.float64) * 2 - 1
    heights = torch.randn(30, generator=generator, dtype=torch.float64)
    distance = (x[:, None] - centres).square().sum(-1)
    return (torch.exp(-4 * distance) * heights).sum(1)


def _noise(x: Tensor) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(len(x), generator=generator, dtype=torch.float64)


def _hello(x: Tensor) -> Tensor:
    return torch.exp(torch.sin(torch.pi * x[:, 0]) + x[:, 1] ** 2)


HELLO = "exp(sin(πx₀) + x₁²)"
ROWS = (
    Row("hello", HELLO, _hello, 2),
    Row(
        "special",
        "exp(J₀(20x₀) + x₁²)",
        lambda x: torch.exp(torch.special.bessel_j0(20 * x[:, 0]) + x[:, 1] ** 2),
        2,
        library=LIBRARY.with_functions(J0),
        reach=40.0,
    ),
    Row(
        "singular log",
        "sin(2(log x₀ + log x₁))",
        lambda x: torch.sin(2 * (x[:, 0].log() + x[:, 1].log())),
        2,
        (0.2, 5.0),
    ),
    Row("singular √", "√(x₀² + x₁²)", lambda x: x.square().sum(1).sqrt(), 2),
    Row(
        "addition",
        "(u + v)/(1 + uv)",
        lambda x: (x[:, 0] + x[:, 1]) / (1 + x[:, 0] * x[:, 1]),
        2,
        (-0.9, 0.9),
    ),
    Row("product", "x₀x₁", lambda x: x[:, 0] * x[:, 1], 2),
    Row(
        "features",
        "x₀² + .3x₁ + .1x₂³ + 0·x₃",
        lambda x: x[:, 0] ** 2 + 0.3 * x[:, 1] + 0.1 * x[:, 2] ** 3,
        4,
    ),
    Row("noise 1 %", HELLO, _hello, 2, noise=0.01),
    Row("noise 5 %", HELLO, _hello, 2, noise=0.05),
    Moons("moons", "two moons, noise .1", lambda x: x[:, 0], 2),
    Row("control bumps", "30 random bumps", _bumps, 3, control=True),
    Row("control noise", "noise", _noise, 3, control=True),
)


@dataclass(frozen=True)
class Outcome:
    """What came of one row with one basis.

    Attributes:
        right: whether the formula is the true one, or for a control that none was claimed.
        claimed: whether the program says that it found one.
        rmse: against the true function, on fresh points.
        relative: the same over the spread of the function.
        accuracy: of the formula's sign on fresh points, for two classes; the errors are then the
            root of the share of wrong answers.
    """

    row: str
    basis: str
    right: bool
    claimed: bool
    rmse: float
    relative: float
    r2: float
    seconds: float
    formula: str
    truth: str
    source: str = ""
    accuracy: float | None = None


@dataclass
class Results:
    """All outcomes of a run."""

    about: dict[str, str] = field(default_factory=dict)
    rows: list[Outcome] = field(default_factory=list)
    equations: list[Outcome] = field(default_factory=list)


def run_row(row: Row, basis: str, budget: float, seed: int = 0) -> Outcome:
    """One task with one basis."""
    x, y, x_test, y_test = row.data(seed)
    found = discover(
        x,
        y,
        budget=budget,
        bases=[BASES[basis]],
        library=row.library or LIBRARY,
        reach=row.reach,
        seed=seed,
        progress=False,
    )
    accuracy = None
    if isinstance(row, Moons):
        accuracy = accuracy_of(found, x_test, y_test)
        rmse = relative = (1 - accuracy) ** 0.5
        right = accuracy >= row.least
    else:
        rmse, relative = errors(found, x_test, y_test)
        right = relative <= max(SAME, PART_OF_NOISE * row.noise) and found.found
    if row.control:
        right = not found.found
    return _outcome(found, row.name, basis, row.formula, right, rmse, relative, accuracy)


def run_equation(name: str, budget: float, seed: int = 0, rows: int = 1000) -> Outcome:
    """One Feynman equation, with fresh points to judge."""
    equation = feynman.get(name)
    data = equation.dataset(rows, rows, seed=seed, dtype=torch.float64)
    found = discover(
        *data.train,
        input_names=list(equation.variables),
        budget=budget,
        seed=seed,
        progress=False,
    )
    rmse, relative = errors(found, data.x_test, data.y_test)
    return _outcome(found, name, "all", equation.formula, relative <= SAME, rmse, relative)


def _outcome(
    found: Discovery,
    row: str,
    basis: str,
    truth: str,
    right: bool,
    rmse: float,
    relative: float,
    accuracy: float | None = None,
) -> Outcome:
    return Outcome(
        row=row,
        basis=basis,
        right=right,
        claimed=found.found,
        rmse=rmse,
        relative=relative,
        r2=1 - relative**2,
        seconds=found.seconds,
        formula=str(found.formula),
        truth=truth,
        source=found.winner.source,
        accuracy=accuracy,
    )


def _values(found: Discovery, x: Tensor) -> Tensor:
    """Of the sympy expression, NaN where it has none; (rows,)"""
    import sympy

    if found.formula.has(sympy.nan, sympy.oo, -sympy.oo, sympy.zoo):
        return torch.full((len(x),), torch.nan, dtype=torch.float64)
    function = to_numpy(found.formula, symbols_of(found.input_names))
    with np.errstate(all="ignore"):
        value = function(*x.double().numpy().T)
    return torch.as_tensor(value, dtype=torch.float64).expand(len(x))


def accuracy_of(found: Discovery, x: Tensor, y: Tensor) -> float:
    """Share of the rows of which the sign of the sympy expression tells the class, 0 or 1."""
    return float(((_values(found, x) > 0) == (y[:, 0] > 0)).double().mean())


def errors(found: Discovery, x: Tensor, y: Tensor) -> tuple[float, float]:
    """RMSE of the sympy expression on these points, and the same over the spread of y."""
    missed = _values(found, x) - y[:, 0].double()
    rmse = float(missed.square().mean().sqrt())
    if not missed.isfinite().all():
        rmse = float("inf")
    return rmse, rmse / max(float(y.std()), 1e-300)


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many, in a line."""
    right = sum(o.right for o in outcomes)
    false = sum(o.claimed and not o.right for o in outcomes)
    seconds = sorted(o.seconds for o in outcomes)[len(outcomes) // 2] if outcomes else 0.0
    return (
        f"{right} of {len(outcomes)} right ({right / max(len(outcomes), 1):.0%}), {false} claimed "
        f"wrongly, median {seconds:.1f} s"
    )
