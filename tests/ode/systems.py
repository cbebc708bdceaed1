"""Systems of equations with known constants, their trajectories, and a small search for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, combinations_with_replacement
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from edgewise.discovery.formula import Formula
from edgewise.discovery.result import Discovery
from edgewise.formula.expression import Expression, Input, add, apply, exact, free, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.formula.verdict import Verdict
from edgewise.ode import OdeDiscovery

Array = NDArray[np.float64]


def move(f: Any, t: Array, start: Any) -> Array:
    """The true trajectory, by another program's integrator; (steps, dims)"""
    made = solve_ivp(f, (t[0], t[-1]), start, t_eval=t, rtol=1e-12, atol=1e-13, method="DOP853")
    return made.y.T


def noisy(states: Array, level: float, seed: int = 0) -> Array:
    """With noise of so many standard deviations of each state."""
    noise = np.random.default_rng(seed).standard_normal(states.shape)
    return states + level * states.std(0) * noise


def lorenz(t: float, x: Array) -> list[float]:
    return [10 * (x[1] - x[0]), x[0] * (28 - x[2]) - x[1], x[0] * x[1] - 8 / 3 * x[2]]


def duffing(t: float, x: Array) -> list[float]:
    return [x[1], -0.2 * x[1] + 1.1 * x[0] - 0.9 * x[0] ** 3]


def brusselator(t: float, x: Array) -> list[float]:
    return [1 - 3.7 * x[0] + x[0] ** 2 * x[1], 2.7 * x[0] - x[0] ** 2 * x[1]]


def epidemic(t: float, x: Array) -> list[float]:
    """Susceptible and infected parts of a population."""
    return [-1.4 * x[0] * x[1], 1.4 * x[0] * x[1] - 0.35 * x[1]]


def drive(t: Any) -> Any:
    """The torque on the pendulum."""
    return 1.1 * np.sin(0.7 * t) + 0.6 * np.cos(1.9 * t)


def pendulum(t: float, x: Array) -> list[float]:
    return [x[1], -0.3 * x[1] - 4.2 * np.sin(x[0]) + 0.8 * drive(t)]


def inflow(t: Any) -> Any:
    return 1.0 + 0.5 * np.sin(0.4 * t) + 0.3 * np.sin(1.3 * t + 1)


def tanks(t: float, x: Array) -> list[float]:
    """Water runs from a first tank into a second and out of it (Torricelli)."""
    return [
        0.5 * inflow(t) - 0.4 * np.sqrt(x[0]),
        0.4 * np.sqrt(x[0]) - 0.6 * np.sqrt(x[1]),
    ]


def _dictionary(count: int, degrees: int) -> list[Expression]:
    """Monomials, sines and square roots of the inputs."""
    inputs = [Input(k) for k in range(count)]
    made: list[Expression] = []
    for degree in range(1, degrees + 1):
        for chosen in combinations_with_replacement(range(count), degree):
            made.append(multiply(*(inputs[k] for k in chosen)))
    made += [apply(LIBRARY["sin"], x) for x in inputs]
    return made + [power(x, exact(1, 2)) for x in inputs]


def sparse_search(
    x: Array,
    y: Array,
    *,
    input_names: list[str],
    output_name: str,
    sample_weight: Array,
    claims: str = "law",
    claim: float = 0.9,
    degrees: int = 3,
    **options: Any,
) -> Discovery:
    """Terms of a dictionary, the best three of all, and then one after the other.

    The winner is the shortest of the front within a tenth of the best misfit; claimed from an R² of
    `claim` on, as `claims`.
    """
    terms = [*_dictionary(x.shape[1], degrees), None]
    columns = [np.ones(len(x)) if t is None else Program(t).values(x) for t in terms]
    usable = [k for k, c in enumerate(columns) if np.isfinite(c).all()]
    root = np.sqrt(sample_weight)
    table = np.stack([columns[k] for k in usable], 1) * root[:, None]
    size = np.sqrt((table**2).sum(0))
    table, goal = table / size, y * root
    total = float(((y - np.average(y, weights=sample_weight)) ** 2 * sample_weight).mean())
    names = tuple(input_names)
    front: list[Formula] = []
    kept: list[int] = []
    for _ in range(min(6, table.shape[1])):
        # The best subset of its size, and the runner-up.
        for chosen in _better(table, goal, kept)[1::-1]:
            kept = list(chosen)
            values = np.linalg.lstsq(table[:, kept], goal, rcond=None)[0]
            mse = float(np.mean((goal - table[:, kept] @ values) ** 2))
            parts = []
            for value, k in zip(values / size[kept], kept, strict=True):
                term = terms[usable[k]]
                parts.append(free(value) if term is None else multiply(free(value), term))
            rmse, r2 = float(np.sqrt(mse)), 1 - mse / (total or 1)
            front.append(Formula(add(*parts), names, 10.0 * len(kept), rmse, r2, rmse, "sparse"))
        if rmse < 1e-9 * np.abs(y).max():
            break
    best = min(f.rmse for f in front)
    good = [f for f in front if f.rmse <= 1.1 * best + 1e-6 * float(np.sqrt(total))]
    winner = min(good, key=lambda f: (f.bits, f.rmse))
    claimed = winner.r2 >= claim
    verdict = Verdict(claims if claimed else "approximation", "by the search of the tests")
    return Discovery(front, winner, verdict, [], 0.0, 0.0, 0, input_names, output_name, x=x, y=y)


def _better(table: Array, goal: Array, kept: list[int]) -> list[Sequence[int]]:
    """With one column more: the best subsets of up to three, else the best additions."""
    # The triangle of a QR decomposition has the same misfits, and few rows.
    small = np.linalg.qr(np.column_stack([table, goal]), mode="r")
    table, goal = small[:, :-1], small[:, -1]

    def left(chosen: Sequence[int]) -> float:
        values = np.linalg.lstsq(table[:, list(chosen)], goal, rcond=None)[0]
        return float(((goal - table[:, list(chosen)] @ values) ** 2).sum())

    trials: list[Sequence[int]]
    if len(kept) < 3:
        trials = list(combinations(range(table.shape[1]), len(kept) + 1))
    else:
        trials = [[*kept, k] for k in range(table.shape[1]) if k not in kept]
    return sorted(trials, key=left)[:2]


def factors_of(names: Iterable[str], found: OdeDiscovery) -> dict[str, float]:
    """The factor of each term of each equation, "name: term" → number."""
    import sympy

    made = {}
    for name, expression in zip(names, found.expressions, strict=True):
        for term, factor in sympy.expand(expression).as_coefficients_dict().items():
            made[f"{name}: {term}"] = float(factor)
    return made
