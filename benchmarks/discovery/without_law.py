"""Tables that no formula explains, of the kinds that ordinary data have: nothing may be claimed.

- gaussian process: a smooth random function of one to four inputs, with or without noise;
- rounded: such a function with values rounded to two or three digits;
- trees: twelve random trees of depth 4, which are constant in boxes, on a grid of codes;
- walk: a random walk in time;
- drift: a period of an arbitrary shape on a random walk;
- coded: an arbitrary value for each combination of one to three integer codes;
- repeated: 4 to 12 arbitrary rows, each many times;
- few: 5 to 19 arbitrary rows;
- regimes: two real laws of the same inputs, each on its side of a threshold;
- shuffled: a measured table, or a real law, with its y in another order.

Rows are from 30 to 400 where nothing else is said. Values are rounded to three digits in half of
the tables of codes and of few rows, as people write them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmarks.discovery.cases import Data
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.measured import MEASURED
from benchmarks.discovery.real_laws import draw_rows, law_table
from benchmarks.discovery.tables import random_trees

Array = NDArray[np.float64]

FEWEST, MOST = 30, 400
SHUFFLED = ("diabetes", "wine alcohol", "breast cancer", "iris", "real law", "real law")


def table_without_law(kind: str, seed: int) -> Data:
    """The table of a kind and a seed; its own rows are those to judge by, too."""
    x, y = KINDS[kind](Dice(seed, 30, list(KINDS).index(kind)), seed)
    return Data(x, y, x, y)


def _rows(dice: Dice) -> int:
    return round(FEWEST * (MOST / FEWEST) ** dice.uniform())


def _gaussian_process(dice: Dice, seed: int) -> tuple[Array, Array]:
    x, y = _smooth(dice)
    noise = dice.choose([0.0, 0.01, 0.05])
    return x, y + noise * dice.normals(len(y))


def _rounded(dice: Dice, seed: int) -> tuple[Array, Array]:
    x, y = _smooth(dice)
    return x, y.round(dice.choose([1, 2]))


def _smooth(dice: Dice) -> tuple[Array, Array]:
    """A draw of a Gaussian process, its length a tenth of the range or more."""
    rows, inputs = _rows(dice), dice.weigh({1: 5, 2: 3, 3: 1, 4: 1})
    x = dice.uniforms(rows, inputs)
    length = dice.uniform(0.1, 0.3) if inputs == 1 else dice.uniform(0.3, 0.6)
    distance = ((x[:, None] - x) ** 2).sum(-1) / length**2
    rough = dice.chance(0.3)
    kernel = np.exp(-np.sqrt(distance)) if rough else np.exp(-distance / 2)
    lower = np.linalg.cholesky(kernel + 1e-9 * np.eye(rows))
    return x, lower @ dice.normals(rows)


def _trees(dice: Dice, seed: int) -> tuple[Array, Array]:
    inputs, steps = dice.whole(1, 4), dice.whole(6, 20)
    x = np.floor(steps * dice.uniforms(_rows(dice), inputs)) / steps
    y = random_trees(dice, inputs)(x)
    return x * steps, y + dice.choose([0.0, 0.05]) * y.std() * dice.normals(len(y))


def _walk(dice: Dice, seed: int) -> tuple[Array, Array]:
    steps = dice.normals(_rows(dice))
    return _time(dice, len(steps)), np.cumsum(steps).round(3)


def _drift(dice: Dice, seed: int) -> tuple[Array, Array]:
    rows = _rows(dice)
    period = dice.whole(5, 24)
    shape = dice.normals(period)
    walk = dice.uniform(0.1, 0.5) * np.cumsum(dice.normals(rows))
    return _time(dice, rows), shape[np.arange(rows) % period] + walk


def _time(dice: Dice, rows: int) -> Array:
    start = dice.choose([0.0, 1.0, 1950.0])
    return (start + np.arange(rows, dtype=np.float64))[:, None]


def _coded(dice: Dice, seed: int) -> tuple[Array, Array]:
    inputs = dice.weigh({1: 5, 2: 3, 3: 1})
    levels = [dice.whole(3, 10 if inputs == 1 else 4) for _ in range(inputs)]
    codes = np.floor(np.array(levels) * dice.uniforms(_rows(dice), inputs))
    values = dice.normals(*levels)
    values = values.round(3) if dice.chance(0.5) else values
    return codes, values[tuple(codes.astype(int).T)]


def _repeated(dice: Dice, seed: int) -> tuple[Array, Array]:
    rows, inputs = dice.whole(4, 12), dice.whole(1, 3)
    x, y = dice.uniforms(rows, inputs).round(2), dice.normals(rows).round(3)
    times = np.repeat(np.arange(rows), dice.whole(5, 40))
    return x[times], y[times]


def _few(dice: Dice, seed: int) -> tuple[Array, Array]:
    rows, inputs = dice.whole(5, 19), dice.weigh({1: 5, 2: 3, 3: 2})
    x, y = dice.uniforms(rows, inputs), dice.normals(rows)
    return (x.round(2), y.round(dice.choose([0, 1, 3]))) if dice.chance(0.5) else (x, y)


def _regimes(dice: Dice, seed: int) -> tuple[Array, Array]:
    one, other = law_table(2 * seed), law_table(2 * seed + 1)
    rows = _rows(dice)
    inputs = max(len(one.ranges), len(other.ranges))
    x = dice.uniforms(rows, inputs)
    low, high = (_standardised(law.values(_inside(law.ranges, x))) for law in (one, other))
    jump = dice.uniform(0.5, 2.0)
    y = np.where(x[:, 0] < dice.uniform(0.3, 0.7), low, high + jump)
    return x, y + dice.choose([0.0, 0.01]) * dice.normals(rows)


def _inside(ranges: Array, x: Array) -> Array:
    low, high = ranges.T
    inside: Array = low + (high - low) * x[:, : len(ranges)]
    return inside


def _standardised(y: Array) -> Array:
    return (y - y.mean()) / y.std()


def _shuffled(dice: Dice, seed: int) -> tuple[Array, Array]:
    name = dice.choose(SHUFFLED)
    if name in MEASURED:
        data = MEASURED[name](seed)
        x, y = data.x, data.y
    else:
        law = law_table(seed)
        x = law.inputs(max(FEWEST, draw_rows(seed)))
        y = law.values(x)
    return x, y[dice.shuffle(range(len(y)))]


KINDS: Mapping[str, Callable[[Dice, int], tuple[Array, Array]]] = {
    "gaussian process": _gaussian_process,
    "rounded": _rounded,
    "trees": _trees,
    "walk": _walk,
    "drift": _drift,
    "coded": _coded,
    "repeated": _repeated,
    "few": _few,
    "regimes": _regimes,
    "shuffled": _shuffled,
}
"""How each kind is drawn: draws and seed → x and y. Their order is part of the draws."""
