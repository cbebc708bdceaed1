"""Random noisy tables, and tables without a law, the same for a seed on every machine.

Ten kinds of noisy tables, of 60 to 1,000 rows; the kind of a seed is its last digit. Noise is a
share of the spread of what can be explained:

- linear: a linear law of 5 to 12 inputs with as much noise as signal;
- polynomial: 3 to 5 terms of degree 1 or 2 of 6 to 15 inputs, noise .3;
- interaction: a sin(πx₀x₁) + b(x₂ − ½)² + cx₃ + dx₄ of 10 inputs, noise .2;
- saturating: a tanh(bx₀) + cx₁/(x₁ + d) of 2 to 5 inputs, noise .1;
- piecewise: other linear laws on both sides of a threshold, of 3 to 6 inputs, noise .2;
- heavy tails: linear and one square, noise of Student's t with 2 degrees of freedom (robust asked);
- correlated: a linear law of 4 of 8 inputs that correlate by .7, noise .5;
- irrelevant: ax₀x₁ + bx₂² of 8 to 33 inputs, noise .3;
- decay: a exp(−bx₀) + cx₁ of 2 to 5 inputs, noise .1;
- forest: a sum of random trees of 3 to 8 inputs, noise .2.

Without a law (:func:`lawless`): sums of 40 random plane waves, of 12 random trees of depth 4, or of
30 Gaussian bumps, each of 3 to 6 inputs, half of them with noise .05.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program

Array = NDArray[np.float64]
Curve = Callable[[Array], Array]

TEST_ROWS = 2000


@dataclass(frozen=True, eq=False)
class Law:
    """What a table is drawn from.

    Attributes:
        mean: the values that can be explained; (rows, in) → (rows,)
        tree: the same as a formula, if it is one.
        noise: standard deviation over the spread of `mean`.
        correlation: of each two inputs.
        heavy: whether noise has heavy tails; fresh rows are clean then.
    """

    kind: str
    inputs: int
    mean: Curve
    tree: Expression | None
    noise: float
    correlation: float = 0.0
    heavy: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of a law, and fresh ones.

    Shape:
        x, x_test: (rows, in); y, y_test: (rows,)
    """

    seed: int
    law: Law
    x: Array
    y: Array
    x_test: Array
    y_test: Array

    def points(self, rows: int, seed: int) -> Array:
        """Fresh inputs; (rows, in)"""
        return _inputs(self.law, rows, Dice(self.seed, 3, seed))


def random_table(seed: int) -> Table:
    """The noisy table of a seed."""
    dice = Dice(seed, 2)
    law = list(LAWS.values())[seed % len(LAWS)](dice)
    return _table(seed, law, dice)


def lawless(seed: int) -> Table:
    """The table without a law of a seed."""
    dice = Dice(seed, 4)
    inputs = dice.whole(3, 6)
    mean = list(FUNCTIONS.values())[seed % len(FUNCTIONS)](dice, inputs)
    noise = 0.05 if dice.chance(0.5) else 0.0
    return _table(seed, Law("lawless", inputs, mean, None, noise), dice)


def _table(seed: int, law: Law, dice: Dice) -> Table:
    rows = round(60 * (1000 / 60) ** dice.uniform())
    x, x_test = _inputs(law, rows, dice), _inputs(law, TEST_ROWS, dice)
    spread = float(law.mean(x_test).std())
    noise = student(dice, rows) if law.heavy else dice.normals(rows)
    y = law.mean(x) + law.noise * spread * noise
    test_noise = 0.0 if law.heavy else law.noise * spread
    return Table(seed, law, x, y, x_test, law.mean(x_test) + test_noise * dice.normals(TEST_ROWS))


def _inputs(law: Law, rows: int, dice: Dice) -> Array:
    """Uniform in [0, 1], or normal where they correlate."""
    if not law.correlation:
        return dice.uniforms(rows, law.inputs)
    common = dice.normals(rows, 1) * law.correlation**0.5
    return common + dice.normals(rows, law.inputs) * (1 - law.correlation) ** 0.5


def student(dice: Dice, rows: int) -> Array:
    """Student's t with 2 degrees of freedom."""
    chi = -2 * np.log1p(-dice.uniforms(rows))
    return dice.normals(rows) / np.sqrt(chi / 2)


def _formula(kind: str, inputs: int, text: str, noise: float) -> Law:
    tree = tree_of(text, {f"x{k}": k for k in range(inputs)})
    return Law(kind, inputs, Program(tree).values, tree, noise)


def _number(dice: Dice, low: float, high: float) -> str:
    return f"{dice.uniform(low, high):.3g}"


def _signed(dice: Dice) -> str:
    """A number of three digits between 1 and 4, or its negative."""
    return ("-" if dice.chance(0.5) else "") + _number(dice, 1.0, 4.0)


def _linear(dice: Dice) -> Law:
    inputs = dice.whole(5, 12)
    text = " + ".join(f"{_signed(dice)}*x{k}" for k in range(inputs))
    return _formula("linear", inputs, text, 1.0)


def _polynomial(dice: Dice) -> Law:
    inputs = dice.whole(6, 15)
    pairs = dice.shuffle([(i, j) for i in range(inputs) for j in range(-1, i + 1)])
    terms = [
        f"{_signed(dice)}*x{i}" + ("" if j < 0 else f"*x{j}") for i, j in pairs[: dice.whole(3, 5)]
    ]
    return _formula("polynomial", inputs, " + ".join(terms), 0.3)


def _interaction(dice: Dice) -> Law:
    a, b, c, d = (_number(dice, low, 2 * low) for low in (8.0, 16.0, 8.0, 4.0))
    text = f"{a}*sin(pi*x0*x1) + {b}*(x2 - 1/2)**2 + {c}*x3 + {d}*x4"
    return _formula("interaction", 10, text, 0.2)


def _saturating(dice: Dice) -> Law:
    a, b, c, d = (_number(dice, *span) for span in ((1, 3), (2, 6), (1, 3), (0.2, 0.6)))
    text = f"{a}*tanh({b}*x0) + {c}*x1/(x1 + {d})"
    return _formula("saturating", dice.whole(2, 5), text, 0.1)


def _decay(dice: Dice) -> Law:
    a, b, c = (_number(dice, *span) for span in ((2, 6), (2, 6), (1, 3)))
    text = f"{a}*exp(-{b}*x0) + {c}*x1"
    return _formula("decay", dice.whole(2, 5), text, 0.1)


def _irrelevant(dice: Dice) -> Law:
    text = f"{_number(dice, 2, 5)}*x0*x1 + {_number(dice, 1, 3)}*x2**2"
    return _formula("irrelevant", 3 + dice.whole(5, 30), text, 0.3)


def _heavy(dice: Dice) -> Law:
    text = f"{_signed(dice)}*x0 + {_signed(dice)}*x1 + {_number(dice, 2, 5)}*x2**2"
    law = _formula("heavy tails", dice.whole(3, 6), text, 0.3)
    return replace(law, heavy=True)


def _correlated(dice: Dice) -> Law:
    text = " + ".join(f"{_signed(dice)}*x{k}" for k in range(4))
    law = _formula("correlated", 8, text, 0.5)
    return replace(law, correlation=0.7)


def _piecewise(dice: Dice) -> Law:
    inputs = dice.whole(3, 6)
    threshold = dice.uniform(0.3, 0.7)
    low, high = 4 * dice.uniforms(2, inputs) - 2

    def mean(x: Array) -> Array:
        return np.where(x[:, 0] < threshold, x @ low, x @ high + 1)

    return Law("piecewise", inputs, mean, None, 0.2)


def _forest(dice: Dice) -> Law:
    inputs = dice.whole(3, 8)
    return Law("forest", inputs, random_trees(dice, inputs), None, 0.2)


LAWS: dict[str, Callable[[Dice], Law]] = {
    "linear": _linear,
    "polynomial": _polynomial,
    "interaction": _interaction,
    "saturating": _saturating,
    "piecewise": _piecewise,
    "heavy tails": _heavy,
    "correlated": _correlated,
    "irrelevant": _irrelevant,
    "decay": _decay,
    "forest": _forest,
}
"""How each kind of noisy table is drawn; their order gives a seed its kind."""


def random_waves(dice: Dice, inputs: int) -> Curve:
    """A sum of 40 plane waves in random directions."""
    frequency = 3 * dice.normals(inputs, 40)
    phase, height = 2 * np.pi * dice.uniforms(40), dice.normals(40)
    return lambda x: np.cos(x @ frequency + phase) @ height


def random_trees(dice: Dice, inputs: int) -> Curve:
    """A sum of 12 trees of depth 4 with random thresholds: constant in boxes."""
    trees = []
    for _ in range(12):
        columns = [dice.whole(0, inputs - 1) for _ in range(15)]
        trees.append((np.array(columns), dice.uniforms(15), dice.normals(16)))

    def mean(x: Array) -> Array:
        total, every = np.zeros(len(x)), np.arange(len(x))
        for columns, thresholds, heights in trees:
            node = np.zeros(len(x), dtype=np.int64)
            for _ in range(4):
                node = 2 * node + 1 + (x[every, columns[node]] > thresholds[node])
            total += heights[node - 15]
        return total

    return mean


def random_bumps(dice: Dice, inputs: int) -> Curve:
    """A sum of 30 Gaussian bumps at random places."""
    centres, heights = dice.uniforms(30, inputs), dice.normals(30)

    def mean(x: Array) -> Array:
        distance = ((x[:, None] - centres) ** 2).sum(-1)
        bumps: Array = np.exp(-12 * distance) @ heights
        return bumps

    return mean


FUNCTIONS: dict[str, Callable[[Dice, int], Curve]] = {
    "waves": random_waves,
    "trees": random_trees,
    "bumps": random_bumps,
}
"""Functions without a law; their order gives a seed its kind."""
