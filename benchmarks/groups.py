"""One law, several data sets: how often ``discover(…, group=)`` finds its form.

A run draws a law, numbers for each of ten groups (some are common to all), rows and noise. The form
is right if, refitted group by group to the rows without noise, it leaves nothing, with at most one
number more than the law has. Seeds 0 to 99 of the laws marked for development were looked at while
the search was built; the report is of seeds from 1,000 on, of all laws.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import process_time
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

import edgewise as ew
from benchmarks.markdown import table
from benchmarks.records import Row
from benchmarks.runs import count_right, group
from benchmarks.study import Choice, Job, Rows, Study, one_row
from edgewise.formula.data import Data
from edgewise.formula.expression import Input
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import read_formula
from edgewise.formula.program import Program

Array = NDArray[np.float64]

GROUPS, ROWS = 10, 100
NOISES = (0.0, 0.01, 0.1)
"""Standard deviations of the noise, relative to that of y in the group."""
PUBLISHED = {0.0: 0.82, 0.01: 0.75, 0.1: 0.62}
"""PhySO on its eight laws with ten data sets each (Tenachi and others 2024)."""
NOTHING = 1e-9
"""The FVU below which a form leaves nothing of rows without noise."""


@dataclass(frozen=True)
class SharedLaw:
    """A law whose numbers differ from group to group, or don't.

    Attributes:
        text: of the inputs x0, x1, … and named numbers.
        inputs: the range of each input.
        own: the range of each number that every group has of its own.
        common: the range of each number that all groups share.
        looked_at: whether it was used while the search was built.
    """

    text: str
    inputs: tuple[tuple[float, float], ...]
    own: Mapping[str, tuple[float, float]]
    common: Mapping[str, tuple[float, float]]
    looked_at: bool = False


LAWS = {
    "damped oscillation": SharedLaw(
        "a*exp(-b*x0)*cos(w*x0 + p)", ((0, 8),), {"a": (1, 3), "w": (1, 3), "p": (0, 3)},
        {"b": (0.15, 0.4)}, True),
    "relaxation": SharedLaw(
        "c + a*exp(-x0/t)", ((0, 10),), {"a": (1, 4), "c": (1, 3), "t": (1, 4)}, {}, True),
    "inhibition": SharedLaw(
        "v*x0/(k*(1 + x1/i) + x0)", ((0.1, 10), (0, 5)), {"v": (1, 5), "k": (0.5, 3)},
        {"i": (1, 3)}, True),
    "gamma peak": SharedLaw(
        "a*x0**1.5*exp(-c*x0)", ((0.1, 8),), {"a": (1, 5), "c": (0.4, 1.5)}, {}, True),
    "hyperbola": SharedLaw(
        "sqrt(a**2 + b**2*x0**2)", ((0, 6),), {"a": (0.5, 3), "b": (0.5, 2)}, {}, True),
    "Gaussian": SharedLaw(
        "a*exp(-(x0 - m)**2/(2*s**2))", ((-5, 5),), {"a": (1, 4), "m": (-2, 2), "s": (0.7, 2)},
        {}, True),
    "logistic": SharedLaw(
        "k/(1 + exp(-r*(x0 - m)))", ((0, 10),), {"k": (1, 5), "r": (0.5, 2), "m": (3, 6)}, {},
        True),
    "wave and slope": SharedLaw(
        "a*x0*sin(k*x1) + c*x1", ((0.5, 3), (0, 5)), {"a": (0.5, 2), "k": (1, 3), "c": (0.3, 1)},
        {}, True),
    "logarithm": SharedLaw(
        "a*log(1 + x0/b)", ((0, 8),), {"a": (1, 4), "b": (0.5, 3)}, {}, True),
    "falling with drag": SharedLaw(
        "v*tanh(g*x0/v)", ((0, 6),), {"v": (2, 6)}, {"g": (2.45, 2.45)}, True),
    "Hill": SharedLaw(
        "v*x0**3/(k**3 + x0**3)", ((0.1, 6),), {"v": (1, 4), "k": (1, 3)}, {}),
    "Arrhenius": SharedLaw(
        "a*exp(-e/x0)", ((1, 5),), {"a": (1, 5), "e": (1, 4)}, {}),
    "two decays": SharedLaw(
        "a*exp(-x0/s) + c*exp(-x0/t)", ((0, 10),), {"a": (1, 4), "c": (1, 4)},
        {"s": (0.4, 0.8), "t": (3, 5)}),
    "driven beat": SharedLaw(
        "a*sin(w*x0 + p) + c", ((0, 10),), {"a": (1, 3), "w": (1, 3), "p": (0, 3), "c": (1, 3)},
        {}),
    "Morse": SharedLaw(
        "d*(1 - exp(-a*(x0 - r)))**2", ((0.5, 4),), {"d": (1, 4), "r": (1, 2)}, {"a": (0.8, 1.5)}),
    "lens": SharedLaw(
        "x0*f/(x0 - f)", ((3, 9),), {"f": (0.5, 2)}, {}),
    "power law": SharedLaw(
        "a*x0**n*x1**m", ((0.5, 4), (0.5, 4)), {"a": (1, 4)}, {"n": (0.6, 0.9), "m": (1.2, 1.8)}),
    "planet's light": SharedLaw(
        "a*x0**3/(exp(b*x0) - 1)", ((0.2, 8),), {"a": (1, 4), "b": (0.5, 1.5)}, {}),
    "pendulum": SharedLaw(
        "t*sqrt(x0/g)*(1 + x1**2/16)", ((0.2, 3), (0, 1.2)), {"g": (5, 20)},
        {"t": (6.283185307179586, 6.283185307179586)}),
    "gravity of a cloud": SharedLaw(
        "g*x1*x0/(x0**2 + s**2)**1.5", ((0, 4), (1, 5)), {"s": (0.5, 2)}, {"g": (2.5, 2.5)}),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Drawn:
    """The rows of a run; y has noise, clean none."""

    x: Array
    y: Array
    clean: Array
    group: NDArray[np.int64]


def draw(law: SharedLaw, noise: float, seed: int) -> Drawn:
    """Ten data sets of a law."""
    generator = np.random.default_rng([seed, sum(map(ord, law.text))])
    own = {k: generator.uniform(*ends, GROUPS) for k, ends in law.own.items()}
    common = {k: np.full(GROUPS, generator.uniform(*ends)) for k, ends in law.common.items()}
    places = np.repeat(np.arange(GROUPS), ROWS)
    x = np.stack([generator.uniform(*ends, len(places)) for ends in law.inputs], 1)
    numbers = {**own, **common}
    names = [f"x{k}" for k in range(x.shape[1])] + list(numbers)
    tree = read_formula(law.text, {n: Input(k) for k, n in enumerate(names)}, LIBRARY, _refuse)
    columns = np.stack([values[places] for values in numbers.values()], 1)
    clean = Program(tree).values(np.concatenate([x, columns], 1))
    spread = np.array([clean[places == g].std() for g in range(GROUPS)])
    y = clean + noise * spread[places] * generator.normal(size=len(places))
    return Drawn(x, y, clean, places)


def _refuse(name: str, arguments: Sequence[Any]) -> Any:
    raise ValueError(f"expected a function of the library, got {name}")


def measure(evaluations: int, law: str, noise: float, seed: int) -> Row:
    """Whether the form of a law is found, claimed, and in how many of the processor's seconds."""
    drawn = draw(LAWS[law], noise, seed)
    began = process_time()
    found = ew.discover(
        drawn.x, drawn.y, group=drawn.group, evaluations=evaluations, budget=1e4, progress=False
    )
    seconds = process_time() - began
    assert isinstance(found, ew.discovery.GroupedDiscovery)
    right = is_right(found, drawn, LAWS[law])
    return {
        "right": int(right),
        "verdict": found.verdict.kind,
        "seconds": seconds,
        "formula": str(found.winner),
    }


def is_right(found: ew.discovery.GroupedDiscovery, drawn: Drawn, law: SharedLaw) -> bool:
    """Whether the form reaches the law in every group, with hardly more numbers."""
    most = len(law.own) + len(law.common) + 1
    for g in range(GROUPS):
        mine = drawn.group == g
        tree = found.formula_of(g).tree
        if tree.free_count > most:
            return False
        if not Data.of(drawn.x[mine], drawn.clean[mine]).fit(tree, steps=60).fvu <= NOTHING:
            return False
    return True


def plan(choice: Choice) -> Iterable[Job]:
    """The runs that the options ask for."""
    for noise in map(float, choice.noises.split(",")):
        for name in choice.laws.split(",") if choice.laws else LAWS:
            for seed in range(choice.seed, choice.seed + choice.runs):
                case = {"law": name, "noise": noise, "seed": seed}
                yield one_row(partial(measure, choice.evaluations), case)


def describe(rows: Rows) -> str:
    """Forms found and claimed by noise, and by law."""
    lines = []
    for (noise,), own in group(rows, "noise").items():
        claimed, wrong = _count_claims(own)
        lines.append([
            f"{float(noise):.0%}", str(len(own)), count_right(own),
            f"{PUBLISHED[float(noise)]:.0%}", str(claimed), str(wrong),
            f"{median(float(r['seconds']) for r in own):.0f}",
        ])  # fmt: skip
    heads = ["noise", "runs", "form right", "PhySO, its own laws", "claimed", "wrong", "seconds"]
    laws = [[law, *(count_right(r) for r in group(own, "noise").values())]
            for (law,), own in group(rows, "law").items()]  # fmt: skip
    noises = [f"{float(n):.0%}" for (n,) in group(rows, "noise")]
    width = len(noises) + 1
    listed = [line + [""] * (width - len(line)) for line in laws]
    return f"{table(heads, lines)}\n\n{table(['law', *noises], listed)}" if rows else ""


def _count_claims(rows: Rows) -> tuple[int, int]:
    """How many forms are claimed, and how many of these are wrong."""
    claimed = [r for r in rows if r["verdict"] != "approximation"]
    return len(claimed), sum(r["right"] == "0" for r in claimed)


def findings(rows: Rows) -> list[str]:
    """How often the form is found, and claimed wrongly, at each noise."""
    told = [
        f"{count_right(own)} at {float(noise):.0%}"
        for (noise,), own in group(rows, "noise").items()
    ]
    claims = [_count_claims(own) for own in group(rows, "noise").values()]
    wrong = [f"{bad} of {count}" for count, bad in claims]
    return [
        f"Forms of ten data sets each that are found: {', '.join(told)} of noise. "
        f"Claims that are wrong: {', '.join(wrong)}."
    ]


STUDY = Study(
    "groups",
    key=("law", "noise", "seed"),
    columns=("law", "noise", "seed", "right", "verdict", "seconds", "formula"),
    help="Forms of one law in ten data sets with numbers of their own.",
    plan=plan,
    describe=describe,
    findings=findings,
    options=(
        click.option("--laws", default="", help="Names, comma-separated. [default: all]"),
        click.option("--noises", default=",".join(map(str, NOISES)), show_default=True),
        click.option("--seed", default=1000, show_default=True, help="The first."),
        click.option("--runs", default=1, show_default=True, help="Seeds of each law."),
        click.option(
            "--evaluations", default=40_000, show_default=True, help="Of formulas, a run."
        ),
    ),
    quick={"laws": "relaxation,lens", "evaluations": 6000},
    side_by_side=True,
    said="right",
    title="Is a law found that ten data sets obey with numbers of their own?",
    about="Ten data sets of 100 rows each, of laws with numbers of each data set's own and common "
    "ones, without noise, with 1 % and with 10 % of it.",
    listed=("law", "noise", "seed", "right", "verdict", "formula"),
)
main = STUDY.command

if __name__ == "__main__":
    main()
