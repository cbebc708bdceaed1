"""Random formulas for the tests of printing and of networks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    add,
    apply,
    exact,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY

UNITS = ("1", "1", "1", "pi", "1/pi", "pi^2", "1/pi^2", "e", "sqrt(2)", "sqrt(3)")
FUNCTIONS = [n for n, f in LIBRARY.items() if f.power is None and n != "0"]
BOUNDED = [n for n in FUNCTIONS if n not in ("exp", "sinh", "cosh", "tan")]


def random_number(rng: np.random.Generator) -> Number:
    if rng.random() < 0.5:
        top = int(rng.integers(1, 7)) * int(rng.choice([-1, 1]))
        return exact(top, 1, str(rng.choice(UNITS))) if rng.random() < 0.6 else exact(top, 7)
    return Number(float(f"{rng.normal() * 2:.6g}"))


def random_tree(
    rng: np.random.Generator, depth: int, inputs: int = 3, names: Sequence[str] = FUNCTIONS
) -> Expression:
    """A formula of at most so many levels."""
    kind = rng.random()
    if depth == 0 or kind < 0.1:
        return Input(int(rng.integers(inputs))) if rng.random() < 0.75 else random_number(rng)
    below = [random_tree(rng, depth - 1, inputs, names) for _ in range(int(rng.integers(2, 4)))]
    if kind < 0.4:
        return add(*below)
    if kind < 0.65:
        return multiply(*below)
    if kind < 0.8:
        exponents = [-3, -2, -1, 2, 3, 4, 7]
        if rng.random() < 0.6:
            return power(below[0], exact(int(rng.choice(exponents))))
        if rng.random() < 0.6:
            return power(below[0], exact(int(rng.choice([-3, -1, 1, 3, 5])), 2))
        return power(below[0], below[1] if rng.random() < 0.5 else random_number(rng))
    return apply(LIBRARY[str(rng.choice(names))], below[0])


def random_trees(count: int, depth: int = 3, seed: int = 0) -> list[Expression]:
    """Formulas that depend on some input."""
    rng = np.random.default_rng(seed)
    found: list[Expression] = []
    while len(found) < count:
        tree = random_tree(rng, depth)
        if tree.inputs:
            found.append(tree)
    return found
