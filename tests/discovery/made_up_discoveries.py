"""Discoveries with known numbers, made by hand."""

import numpy as np

from edgewise.discovery.formula import Formula
from edgewise.discovery.result import Discovery
from edgewise.formula.expression import Input, Number, add, apply, exact, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.formula.verdict import Verdict

SINE = apply(LIBRARY["sin"], multiply(exact(2, 1, "pi"), Input(1)))


def wave():
    """x0²/2 + 1.2345 sin(2π x1) - 0.75."""
    square = multiply(exact(1, 2), power(Input(0), exact(2)))
    return add(square, multiply(Number(1.2345, None, 0.002), SINE), Number(-0.75, None, 0.01))


def long_sum(terms=30, inputs=2):
    """Many terms, more than fit on any line."""
    parts = [
        multiply(
            Number((-1) ** k * (k + 0.25)),
            apply(LIBRARY["sin"], multiply(Number(k + 1.5), Input(k % inputs))),
            power(Input((k + 1) % inputs), exact(1 + k % 3)),
        )
        for k in range(terms)
    ]
    return add(*parts)


def rows(tree, count=60, inputs=2, noise=0.05, seed=0):
    """Inputs in [0.5, 2], and the tree's values with noise."""
    g = np.random.default_rng(seed)
    x = g.uniform(0.5, 2, (count, inputs))
    return x, Program(tree).values(x) + noise * g.standard_normal(count)


def made_up(names=("x0", "x1"), output="y", kind="law", tree=None, probability=None, **changes):
    """A result whose winner is the second of three."""
    tree = wave() if tree is None else tree
    x, y = rows(tree, inputs=len(names))
    trees = [exact(3), tree, add(tree, multiply(Number(0.01), Input(0)))]
    front = [
        Formula(t, tuple(names), 10.0 * (n + 1), rmse, 1 - rmse**2, rmse, f"source {n} <b>")
        for n, (t, rmse) in enumerate(zip(trees, (0.5, 2e-3, 1e-3), strict=True))
    ]
    options = {
        "front": front,
        "winner": front[1],
        "verdict": Verdict(kind, "it is <made> up", probability),
        "alternatives": [],
        "baseline": 0.99,
        "seconds": 1.25,
        "evaluations": 12345,
        "input_names": list(names),
        "output_name": output,
        "x": x,
        "y": y,
    }
    return Discovery(**options | changes)
